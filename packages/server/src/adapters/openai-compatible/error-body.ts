/** What a provider says of a failure, whatever shape it says it in. */
export interface ErrorBody {
  /** Its own words, not cleaned yet, on one line or more; empty when it gave none. */
  reason: string;
  /** Its most telling name for the failure, such as `rate_limit_exceeded`; else empty. */
  code: string;
  /** Its name for the kind of failure, such as `invalid_request_error`; else empty. */
  type: string;
  /** The HTTP status it names, which the answer itself need not have had. */
  status: number | null;
  /** All names it gave, in lower case: codes and types of every level, the innermost first. */
  marks: readonly string[];
  /** Fields of the request that it complains about. */
  fields: readonly string[];
  form: 'json' | 'html' | 'text' | 'none';
}

/** More than is ever shown, in characters; the rest of a long text is not looked at. */
const MAX_TEXT_LENGTH = 16 * 1024;
const MAX_REASON_LENGTH = 2_000;
/** Bounds of the search: no provider nests deeper or lists more. */
const MAX_DEPTH = 8;
const MAX_ITEMS = 20;
const MAX_TOLD = 3;
const MAX_VALUES = 400;

/** Where reasons are found, the most telling first; keys are compared without `_` and case. */
const REASON_KEYS = [
  'error',
  'errors',
  'raw',
  'message',
  'msg',
  'errordescription',
  'errormessage',
  'errormsg',
  'statusmsg',
  'detail',
  'details',
  'description',
  'faultstring',
  'reason',
  'title',
] as const;
/** What may hold one of them. */
const WRAPPER_KEYS = ['metadata', 'innererror', 'baseresp', 'fault', 'response', 'body'] as const;
const CODE_KEYS: ReadonlySet<string> = new Set(['code', 'errorcode', 'errcode', 'reason']);
const TYPE_KEYS: ReadonlySet<string> = new Set(['type', 'errortype', 'exceptiontype']);
const STATUS_KEYS: ReadonlySet<string> = new Set([
  'status',
  'statuscode',
  'httpstatus',
  'code',
  'errorcode',
]);
/** What a provider repeats of the request is no reason. */
const ECHO_KEYS: ReadonlySet<string> = new Set(['input', 'prompt', 'messages', 'content', 'url']);
/** Names that say only that there was an error. */
const EMPTY_NAMES = /^(error|about:blank|none|null|ok|failed|false|true|https?:.*)$/i;
/** What gateways say while the words of the one behind them stand beside it. */
const EMPTY_WORDS = /^(provider returned error|upstream error|error|an error occurred)\W*$/i;
const NAME = /^[\w.:-]{1,80}$/;
const LEADING_STATUS = /^(?:http(?: status)?|status(?: code)?|error(?: code)?)?[\s:]*([45]\d\d)\b/i;

interface Found {
  codes: string[];
  /** Numbers and such: better than no code. */
  weakCodes: string[];
  types: string[];
  statuses: number[];
  fields: string[];
  /** How many values may still be looked at. */
  left: number;
}

/**
 * Finds the reason of a failure in any JSON value, or in text: nested objects, lists, JSON in a
 * string, an unframed event, the title of a web page. Never throws, and the work has an end.
 */
export function readErrorBody(body: unknown): ErrorBody {
  const found: Found = {
    codes: [],
    weakCodes: [],
    types: [],
    statuses: [],
    fields: [],
    left: MAX_VALUES,
  };
  const reason = reasonIn(body, found, 0);
  const codes = [...found.codes, ...found.weakCodes];
  return {
    reason: reason.slice(0, MAX_REASON_LENGTH),
    code: codes[0] ?? '',
    type: found.types[0] ?? '',
    status: found.statuses[0] ?? null,
    marks: [...new Set([...codes, ...found.types].map((name) => name.toLowerCase()))],
    fields: [...new Set(found.fields)],
    form: formOf(body),
  };
}

function formOf(body: unknown): ErrorBody['form'] {
  if (body === null || body === undefined) return 'none';
  if (typeof body !== 'string') return 'json';
  const text = body.trim();
  if (text === '') return 'none';
  if (isMarkup(text)) return 'html';
  return embeddedJson(text) === undefined ? 'text' : 'json';
}

function reasonIn(value: unknown, found: Found, depth: number): string {
  if (depth > MAX_DEPTH || found.left <= 0) return '';
  found.left -= 1;
  if (typeof value === 'string') return reasonInText(value, found, depth);
  if (Array.isArray(value)) return reasonInList(value, found, depth);
  if (typeof value === 'object' && value !== null) return reasonInObject(value, found, depth);
  return '';
}

function reasonInText(whole: string, found: Found, depth: number): string {
  const text = whole.slice(0, MAX_TEXT_LENGTH).trim();
  if (isMarkup(text)) return titleOf(text);
  const status = LEADING_STATUS.exec(text)?.[1];
  if (status !== undefined) found.statuses.push(Number(status));
  const embedded = embeddedJson(text);
  if (embedded === undefined) return text;
  return reasonIn(embedded, found, depth + 1) || (/^[{[]/.test(text) ? '' : text);
}

/** JSON that is the whole text, its events, or the end of a sentence. */
function embeddedJson(text: string): object | undefined {
  const begin = text.search(/[{[]/);
  const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'));
  if (begin === -1 || end < begin) return undefined;
  const json = text.slice(begin, end + 1);
  for (const candidate of [json, json.split('\n', 1)[0] ?? '']) {
    try {
      const parsed: unknown = JSON.parse(candidate);
      if (typeof parsed === 'object' && parsed !== null) return parsed;
    } catch {
      // Then it is a sentence with a bracket in it.
    }
  }
  return undefined;
}

function isMarkup(text: string): boolean {
  return /^\s*<(!doctype|html|head|body|\?xml|h\d|center|title)\b/i.test(text);
}

function titleOf(markup: string): string {
  const start = markup.slice(0, MAX_TEXT_LENGTH);
  for (const tag of ['title', 'h1', 'message', 'body']) {
    const inside = new RegExp(`<${tag}\\b[^>]{0,200}>([\\s\\S]{0,2000}?)</${tag}>`, 'i').exec(
      start,
    );
    const words = withoutTags(inside?.[1] ?? '');
    if (words !== '') return words;
  }
  return withoutTags(start);
}

function withoutTags(markup: string): string {
  return markup
    .replace(/<(script|style)\b[\s\S]{0,4000}?<\/\1>/gi, ' ')
    .replace(/<[^>]{0,2000}>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function reasonInList(list: readonly unknown[], found: Found, depth: number): string {
  const told = new Set<string>();
  for (const item of list.slice(0, MAX_ITEMS)) {
    const reason = reasonIn(item, found, depth + 1);
    if (reason !== '' && told.size < MAX_TOLD) told.add(reason);
  }
  return [...told].join('; ');
}

function reasonInObject(object: object, found: Found, depth: number): string {
  const entries = new Map(
    Object.entries(object)
      .slice(0, MAX_ITEMS * 3)
      .map(([key, value]) => [key.toLowerCase().replace(/[_-]/g, ''), value as unknown]),
  );
  noteStatuses(entries, found);
  const field = fieldOf(entries);
  if (field !== '') found.fields.push(field);
  const reason = bestReason(entries, found, depth);
  // After what is inside: the innermost name tells most.
  noteNames(entries, found);
  const isTold = field !== '' && entries.has('loc') && reason !== '';
  return isTold ? `${field}: ${reason}` : reason;
}

function bestReason(entries: Map<string, unknown>, found: Found, depth: number): string {
  const reasons: string[] = [];
  let emptyWords = '';
  for (const key of [...REASON_KEYS, ...WRAPPER_KEYS]) {
    const value = entries.get(key);
    const reason = isOnlyName(key, value) ? '' : reasonIn(value, found, depth + 1).trim();
    if (EMPTY_WORDS.test(reason)) emptyWords ||= reason;
    else if (reason !== '') reasons.push(reason);
  }
  const name = entries.get('error');
  const words = reasons[0] ?? (typeof name === 'string' && name !== '' ? name : emptyWords);
  return words || looseWords(entries);
}

/** `"error": "invalid_request"` names the failure; the words stand elsewhere. */
function isOnlyName(key: string, value: unknown): boolean {
  if (typeof value !== 'string') return false;
  if (key === 'reason') return NAME.test(value);
  return key === 'error' && (NAME.test(value) || /^[A-Z][a-z]+( [A-Z][a-z]+){0,3}$/.test(value));
}

/** A sentence under a name nobody else uses, as in `{"errors": {"seed": ["is not known"]}}`. */
function looseWords(entries: Map<string, unknown>): string {
  for (const [key, value] of entries) {
    if (ECHO_KEYS.has(key)) continue;
    const words: unknown = Array.isArray(value) ? value[0] : value;
    if (typeof words === 'string' && /\S\s+\S/.test(words)) return `${key}: ${words}`;
  }
  return '';
}

/** `param` as OpenAI names it, `loc` as FastAPI does. */
function fieldOf(entries: Map<string, unknown>): string {
  const param = entries.get('param');
  if (typeof param === 'string') return param.slice(0, 100);
  const place = entries.get('loc');
  if (!Array.isArray(place)) return '';
  const path = place.filter((part) => typeof part === 'string' || typeof part === 'number');
  return path
    .filter((part, index) => index > 0 || !/^(body|query)$/.test(String(part)))
    .join('.')
    .slice(0, 100);
}

function noteStatuses(entries: Map<string, unknown>, found: Found): void {
  for (const [key, value] of entries) {
    if (!STATUS_KEYS.has(key)) continue;
    const status = typeof value === 'string' ? Number(value.trim() || NaN) : value;
    if (typeof status === 'number' && status >= 400 && status < 600) found.statuses.push(status);
  }
}

function noteNames(entries: Map<string, unknown>, found: Found): void {
  for (const [key, value] of entries) {
    const name = typeof value === 'number' ? String(value) : value;
    if (typeof name !== 'string' || EMPTY_NAMES.test(name)) continue;
    const isNumber = /^\d+$/.test(name);
    if (TYPE_KEYS.has(key) && !isNumber) found.types.push(name.slice(0, 80));
    if (CODE_KEYS.has(key) && NAME.test(name))
      (isNumber ? found.weakCodes : found.codes).push(name);
    if (key === 'status' && NAME.test(name)) found.weakCodes.push(name);
    if (key === 'error' && NAME.test(name) && !isNumber) found.weakCodes.push(name);
  }
  // OpenRouter lists what a filter objects to.
  if (Array.isArray(entries.get('reasons'))) found.codes.push('moderation');
}
