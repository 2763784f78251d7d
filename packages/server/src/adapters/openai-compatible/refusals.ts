import type { Adjustment } from '../../domain/negotiate-parameters.js';
import type { ParameterRules } from '../../domain/parameter-rule.js';
import type { ProviderModel } from '../../ports/model-provider.js';
import { causeOf, type Cause } from './failure-cause.js';
import type { RequestBody } from './openai-client.js';
import type { Failure, ReportedFailure } from './provider-errors.js';

/** What a conversation consists of is never left out, nor is what makes a text go on. */
const NEEDED: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'stream',
  'continue_final_message',
  'add_generation_prompt',
]);
/** Older and newer endpoints call the same differently. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  max_tokens: 'max_completion_tokens',
  max_completion_tokens: 'max_tokens',
};
/** Refusals that no other wording of the request would cure. */
const FINAL: ReadonlySet<Cause> = new Set([
  'key',
  'credit',
  'rate',
  'day',
  'filter',
  'context',
  'country',
]);

const REFUSAL_MARKS =
  /unsupported|unknown_?(param|field|arg)|unrecogni[sz]ed|extra_?forbidden|unexpected_?(keyword|param|arg|field)|additional_?propert/;
/** What is refused altogether, not for its value. */
const REFUSAL_WORDS =
  /unsupported|not (currently )?(support|permit|allow|accept|tak|recogni[sz]|know|implement|enabl|compatib|availab|a valid (param|field|arg))\w*|n.t (support|accept|take|know|allow|permit|recogni[sz]e|work|have)|(does|do) not (support|accept|take|know|allow|permit|work|have|exist)|unknown|unrecogni[sz]ed|unexpected|extra (field|input|propert|param)\w*|additional propert|forbidden|no longer|deprecated|(is|are) removed|\binstead\b|cannot (both )?(be|use|specify|set|take)|mutually exclusive|no such (field|param|arg)|knows? no|takes? no|only\b.{0,40}\b(default|1(\.0)?|supported|allowed|accepted|permitted|user and assistant)\b|\bonly (be|the default)|must be (exactly |set to |equal to )?(1|1\.0|the default|omitted|unset|null|none)\b(?! (or|and|to)|\.\d)|must alternate|is,? \S+ is\b/i;
const SYSTEM_WORDS =
  /\bsystem\W{0,3}(role|message|prompt|instruction)|role\W.{0,30}\bsystem\b|\bsystem\b\W.{0,30}\brole|(developer|system) instruction|roles? must alternate|'system'|"system"|only user and assistant/i;

/**
 * What to ask differently after a refusal: fields that it names and that were sent, or the system
 * prompt's place. Nothing when the refusal is about something else.
 *
 * @param body what was refused
 * @param before what has been changed in it already
 */
export function adjustmentsAfter(
  failure: Failure,
  body: RequestBody,
  before: readonly Adjustment[],
): Adjustment[] {
  if (failure.kind !== 'reported') return [];
  const { status, reason, marks } = failure;
  if (status !== 400 && status !== 422) return [];
  if (FINAL.has(causeOf(status, failure))) return [];
  if (!REFUSAL_WORDS.test(reason) && !marks.some((mark) => REFUSAL_MARKS.test(mark))) return [];
  const sent = Object.keys(body).filter((field) => !NEEDED.has(field));
  const listed = fieldsListed(failure, sent);
  if (listed.length > 0) return listed.map((field) => replacementOf(field, body, before));
  if (isAboutSystem(failure) && hasSystem(body)) return [{ of: 'system_prompt' }];
  const told = fieldsTold(reason, sent);
  return told.map((field) => replacementOf(field, body, before));
}

function replacementOf(
  field: string,
  body: RequestBody,
  before: readonly Adjustment[],
): Adjustment {
  const other = OTHER_NAMES[field];
  const isRefused = before.some((one) => one.of === 'field' && one.field === other);
  const isFree = other !== undefined && !(other in body) && !isRefused;
  return { of: 'field', field, becomes: isFree ? other : null };
}

function fieldsListed({ fields }: ReportedFailure, sent: readonly string[]): string[] {
  const parts = fields.flatMap((path) => path.split(/[.[\]]+/)).map(plain);
  return sent.filter((field) => parts.includes(plain(field)));
}

/** The field a sentence is about: one in quotation marks rather than a word like any other. */
function fieldsTold(reason: string, sent: readonly string[]): string[] {
  const text = reason.slice(0, 2_000);
  const quoted = [...text.matchAll(/["'`‘“]([\w.-]{2,60})["'`’”]/g)].map(([, word = '']) => word);
  const words = text.match(/[A-Za-z][\w]*/g) ?? [];
  for (const candidates of [quoted, words]) {
    const found = [...new Set(candidates.map(plain))].flatMap((word) =>
      sent.filter((field) => plain(field) === word),
    );
    // Of two that exclude each other one may stay.
    if (found.length > 1 && /\bboth\b|exclusive|together/i.test(text)) return found.slice(-1);
    if (found.length > 0) return found.slice(0, 1);
  }
  return /\bpenalt(y|ies)\b/i.test(text) ? sent.filter((field) => field.endsWith('_penalty')) : [];
}

/** Some echo names in another spelling: `topP`, `top-p`. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z\d]/g, '');
}

function isAboutSystem({ reason, fields }: ReportedFailure): boolean {
  return SYSTEM_WORDS.test(reason) || fields.some((field) => /messages\W*0?\W*role/.test(field));
}

interface Message {
  role: string;
  content: string;
}

function messagesOf(body: RequestBody): readonly Message[] {
  return (body.messages ?? []) as readonly Message[];
}

function hasSystem(body: RequestBody): boolean {
  return messagesOf(body).some(({ role }) => role === 'system');
}

/** @returns the request as it is to be asked, and those adjustments that changed it */
export function adjustBody(
  body: RequestBody,
  adjustments: readonly Adjustment[],
): { body: RequestBody; made: Adjustment[] } {
  let adjusted = body;
  const made: Adjustment[] = [];
  for (const adjustment of adjustments) {
    const next = adjustOnce(adjusted, adjustment);
    if (next === adjusted) continue;
    adjusted = next;
    made.push(adjustment);
  }
  return { body: adjusted, made };
}

function adjustOnce(body: RequestBody, adjustment: Adjustment): RequestBody {
  if (adjustment.of === 'system_prompt') {
    return hasSystem(body) ? { ...body, messages: withoutSystem(messagesOf(body)) } : body;
  }
  const { field, becomes } = adjustment;
  if (!(field in body)) return body;
  const { [field]: value, ...rest } = body;
  return becomes === null ? rest : { ...rest, [becomes]: value };
}

/** The prompt goes before the user's first words, in one message with them. */
function withoutSystem(messages: readonly Message[]): Message[] {
  const prompt = messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  const [first, ...rest] = messages.filter(({ role }) => role !== 'system');
  if (first?.role !== 'user') {
    return [{ role: 'user', content: prompt.join('\n\n') }, ...(first ? [first] : []), ...rest];
  }
  return [{ ...first, content: [...prompt, first.content].join('\n\n') }, ...rest];
}

/** Most models whose refusals are remembered; the oldest is forgotten first. */
const MAX_MODELS = 1_000;
/** Most that is remembered of one. */
const MAX_ADJUSTMENTS = 20;

export interface Refusals {
  isEmpty(): boolean;
  of(model: string): readonly Adjustment[];
  remember(model: string, adjustments: readonly Adjustment[]): void;
  /** A model whose rules say what it refused. */
  applyTo(model: ProviderModel): ProviderModel;
}

/** What the models of one provider have refused, for as long as the server runs. */
export function createRefusals(): Refusals {
  const known = new Map<string, readonly Adjustment[]>();
  return {
    isEmpty: () => known.size === 0,
    of: (model) => known.get(model) ?? [],
    remember(model, adjustments) {
      known.delete(model);
      known.set(model, adjustments.slice(0, MAX_ADJUSTMENTS));
      const [oldest] = known.keys();
      if (known.size > MAX_MODELS && oldest !== undefined) known.delete(oldest);
    },
    applyTo(model) {
      const adjustments = known.get(model.id);
      return adjustments
        ? { ...model, parameters: adjustRules(model.parameters, adjustments) }
        : model;
    },
  };
}

function adjustRules(rules: ParameterRules, adjustments: readonly Adjustment[]): ParameterRules {
  const adjusted = Object.entries(rules).map(([name, given]) => {
    let rule = given;
    for (const adjustment of adjustments) {
      if (adjustment.of !== 'field' || (rule.wireName ?? name) !== adjustment.field) continue;
      const { becomes } = adjustment;
      rule = becomes === null ? { supported: false } : { ...rule, wireName: becomes };
    }
    return [name, rule] as const;
  });
  return Object.fromEntries(adjusted) as ParameterRules;
}
