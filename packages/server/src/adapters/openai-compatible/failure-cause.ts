import type { ErrorBody } from './error-body.js';

/** Why a provider refused, as far as it told. */
export type Cause =
  | 'redirect'
  | 'key'
  | 'country'
  | 'permission'
  | 'blocked'
  | 'credit'
  | 'rate'
  | 'day'
  | 'filter'
  | 'context'
  | 'model'
  | 'address'
  | 'proxy'
  | 'overloaded'
  | 'trouble'
  | 'rejected';

/** What providers call their failures; compared in lower case, without marks in between. */
const NAMES: readonly (readonly [Cause, RegExp])[] = [
  [
    'filter',
    /contentfilter|contentpolicy|responsibleai|datainspection|moderation|flagged|safety|prohibited|sensitivecontent|contentblocked|invalidprompt/,
  ],
  ['context', /contextlength|contextwindow|contextsize|stringabovemaxlength|prompttoolong/],
  [
    'credit',
    /insufficient(quota|balance|credit|funds)|billing|creditbalance|arrearage|paymentrequired|exceededcurrentquota|outofcredit|quotaexhausted/,
  ],
  ['country', /unsupportedcountry|unsupportedregion|unsupportedlocation|geoblocked/],
  ['rate', /ratelimit|toomanyrequests|throttl|resourceexhausted|requestlimit|quotaexceeded/],
  [
    'key',
    /apikey|authentication|^unauthori[sz]ed|^unauthenticated|accountdeactivated|invalidtoken|expiredtoken|tokenexpired|invalidcredential|invaliduser/,
  ],
  [
    'model',
    /modelnot|deploymentnot|unknownmodel|invalidmodel|nosuchmodel|modeldecommissioned|modeldeprecated|unsupportedmodel|modeldoesnot/,
  ],
  ['permission', /permission|accessdenied|^(request)?forbidden|notallowed|accountsuspended/],
  ['overloaded', /overload|unavailable|capacity|serverbusy|enginebusy/],
  ['trouble', /servererror|internalerror|^internal$|^apierror$|upstreamerror|badgateway|timeout/],
  ['rejected', /invalid|badrequest|validation|unsupported|extraforbidden|unprocessable/],
];

const CONTEXT_WORDS =
  /context.{0,20}(length|window|size|limit)|(maximum|max|exceed\w*|beyond|larger than|longer than).{0,30}\bcontext|prompt (is )?too (long|large)|input (is )?too (long|large)|too many (input )?tokens|(prompt|input|messages?|request).{0,40}(exceed|longer than|larger than|too long|too large).{0,60}(tokens?|characters|model|limit|long)|reduce the length|token limit|tokens?.{0,30}(exceed|larger|more than|above).{0,40}(limit|maximum|context)/i;
const RATE_WORDS =
  /rate.?limit|too many requests|per[- ](minute|second|hour)|(minute|second|hour)s? allows|\b[tr]p[ms]\b|throttl|slow down|requests? in (this|a|one) (minute|second|hour)|concurren(t|cy).{0,20}(limit|requests)/i;
const DAY_WORDS = /per[- ]day|\bdaily\b|\btoday\b|tomorrow|24 ?h(ours)?\b|\b[tr]pd\b|this day/i;
const CREDIT_WORDS =
  /used up|insufficient (account )?(balance|credit|funds|quota)|(credit|account|balance).{0,40}(too low|exhausted|depleted|negative|empty|ran out|run out|is 0)|out of (credit|funds|money|quota)|(exceeded|over|reached|exhausted) (your |the |its )?(current |monthly )?(quota|spend|usage limit|credit)|no (more |remaining )?(credit|balance|quota)|top up|recharge|payment (is )?required|arrears|overdue|add (more )?credit|billing/i;
/** The same of an answer that says by its status that it is about frequency. */
const CLEAR_CREDIT_WORDS =
  /insufficient (account )?(balance|credit|funds)|credit balance|out of (credit|funds|money)|recharge|top up|arrears|overdue/i;
const FILTER_WORDS =
  /content.{0,20}(policy|policies|filter|moderat)|safety (system|filter|polic|guideline)|moderat(ion|ed)|\bflagged\b|usage polic|(held|block|trigger|stop|reject|caught|refus)\w*.{0,30}\bfilter|\bfilter\w*.{0,30}(held|block|trigger|stop|reject)|against (our|the|its) (rules|polic|guidelines|terms)|violat\w+.{0,60}(polic|rule|guideline|terms)|inappropriate|prohibited content|harmful content|unsafe content/i;
const COUNTRY_WORDS =
  /\b(country|countries|region|territor(y|ies)|location)\b.{0,60}(\bnot|n't|\bun)[- ]?(supported|available|allowed|served|permitted)|(\bnot|n't|\bun)[- ]?(supported|available|allowed|served?|serving|permitted|accessible)\b.{0,60}\b(country|countries|region|territor(y|ies)|location)\b/i;
const KEY_WORDS =
  /api.?key|(invalid|incorrect|wrong|missing|expired|unknown|no|revoked|disabled).{0,20}(\bkey\b|credential|(auth|access|bearer)\w* token)|\bkey\b.{0,40}(invalid|not (one|valid|known|found|active|recogni[sz]ed)|incorrect|wrong|missing|expired|revoked|disabled|unknown)|unauthori[sz]ed|authenticat|\bauthorization\b.{0,20}(header|missing|invalid)/i;
/** The name may stand in between, and no more: "this model takes no temperature" is another matter. */
const MODEL_WORDS =
  /\b(model|deployment)s?\b[\s:]*(["'`(]?[^\s"'`]+["'`),]*\s+)?((is|was|are|has been|could|can|does|do|that|you requested|requested|for|this|api|resource)\s+){0,4}((not|n't|cannot)\s+(be\s+)?(a )?(found|exist|available|supported|loaded|valid|known|served|accessible|allowed|deployed)|(\S+n't)\s+(be\s+)?(exist|found|available|supported|deployed)|unknown|no longer|invalid|deprecated|retired|decommissioned|asleep|gone)|\b(no|unknown|invalid|unsupported|such|nobody serves|serves|access to|(not |n't )(find|know|have|serve|recogni[sz]e)) (such |a |any |the |this |that )*(model|deployment)\b|no endpoints|no allowed providers|model of that name|pull(ing)? (it|the model) first/i;
const OVERLOAD_WORDS =
  /overload|(no|at|out of|over) capacity|\bbusy\b|no more work|unavailable|too much to do|high (demand|load|traffic)|queue is full|is loading|starting up|warming up/i;
/** What web servers say of a path they do not have. */
const ADDRESS_WORDS =
  /^(404|405)?[\s:]*(page |route |path |url |resource |endpoint )?not found[\s.!]*$|cannot post|invalid url|unknown (request )?(url|path|route|endpoint)|no (such )?(route|path|endpoint)\b|page not found|resource not found|unexpected endpoint|method not allowed|not a valid (path|url|endpoint)/i;

/**
 * Puts a cause to a failure, by the names the provider gave it, then by its status, then by its
 * words: names are exact, words of one status mean something else under another.
 *
 * @param status of the answer; null for a failure in the middle of a stream that names none
 */
export function causeOf(status: number | null, body: ErrorBody): Cause {
  if (status !== null && status >= 300 && status < 400) return 'redirect';
  const named = causeOfNames(body.marks);
  const { reason } = body;
  if (status === 429 || named === 'rate') return causeOfLimit(named, reason);
  // A general name such as invalid_request_error leaves room for the words.
  if (named !== undefined && !isGeneral(named)) return refined(named, status, body);
  return causeOfStatus(status, body) ?? causeOfWords(status, body) ?? named ?? fallback(status);
}

function isGeneral(cause: Cause): boolean {
  return ['rejected', 'trouble', 'permission', 'overloaded'].includes(cause);
}

function causeOfNames(marks: readonly string[]): Cause | undefined {
  const names = marks.map((mark) => mark.replace(/[^a-z\d]/g, ''));
  return NAMES.find(([, pattern]) => names.some((name) => pattern.test(name)))?.[0];
}

function causeOfLimit(named: Cause | undefined, reason: string): Cause {
  if (named === 'credit' || CLEAR_CREDIT_WORDS.test(reason)) return 'credit';
  if (DAY_WORDS.test(reason) && !RATE_WORDS.test(reason)) return 'day';
  return /per[- ]day/i.test(reason) ? 'day' : 'rate';
}

/** A 401 of a service that names its models before its keys is still about the key. */
function refined(named: Cause, status: number | null, { reason }: ErrorBody): Cause {
  if (named === 'key' && status === 403 && COUNTRY_WORDS.test(reason)) return 'country';
  return named;
}

function causeOfStatus(status: number | null, body: ErrorBody): Cause | undefined {
  const { reason, form } = body;
  switch (status) {
    case 401:
      return CLEAR_CREDIT_WORDS.test(reason) ? 'credit' : 'key';
    case 402:
      return 'credit';
    case 403:
      if (form === 'html') return COUNTRY_WORDS.test(reason) ? 'country' : 'blocked';
      return causeOfWords(status, body) ?? 'permission';
    case 404:
    case 405:
    case 501:
      if (form !== 'json' || ADDRESS_WORDS.test(reason)) return 'address';
      return causeOfWords(status, body) ?? (/\bmodel\b/i.test(reason) ? 'model' : 'rejected');
    case 407:
      return 'proxy';
    case 413:
      return RATE_WORDS.test(reason) ? 'rate' : 'context';
    case 503:
    case 529:
      return causeOfTrouble(reason) ?? 'overloaded';
    default:
      return status !== null && (status >= 500 || status === 408)
        ? (causeOfTrouble(reason) ?? 'trouble')
        : undefined;
  }
}

/** Gateways answer 500 and 502 for what the one behind them refused. */
function causeOfTrouble(reason: string): Cause | undefined {
  if (CONTEXT_WORDS.test(reason)) return 'context';
  return OVERLOAD_WORDS.test(reason) ? 'overloaded' : undefined;
}

const WORDS: readonly (readonly [Cause, RegExp])[] = [
  ['rate', RATE_WORDS],
  ['context', CONTEXT_WORDS],
  ['credit', CREDIT_WORDS],
  ['filter', FILTER_WORDS],
  ['country', COUNTRY_WORDS],
  ['model', MODEL_WORDS],
  ['key', KEY_WORDS],
];

function causeOfWords(status: number | null, { reason, fields }: ErrorBody): Cause | undefined {
  const cause = WORDS.find(([, words]) => words.test(reason))?.[0];
  // A complaint about a field of the request is none about the model.
  const isField = fields.some((field) => field !== 'model');
  if (cause === 'model' && isField) return undefined;
  if (cause !== undefined) return cause;
  // In the middle of a stream there is no status to say that it will pass.
  return status === null || status < 400 ? causeOfTrouble(reason) : undefined;
}

function fallback(status: number | null): Cause {
  return status !== null && status >= 400 ? 'rejected' : 'trouble';
}
