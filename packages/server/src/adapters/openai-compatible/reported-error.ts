/** Words for that all is well, in fields that otherwise tell of errors. */
const FINE = /^(ok|success(ful)?|succeeded|done|none|null|false|no error)\.?$/i;

type Fields = Readonly<Record<string, unknown>>;

/**
 * The part of a provider's JSON that reports a failure, in whatever form: under `error`, beside it,
 * in a choice, or the object itself.
 *
 * @param eventName of the server-sent event, if it has one
 * @returns undefined when it reports none
 */
export function reportedErrorIn(json: unknown, eventName?: string): unknown {
  if (Array.isArray(json)) {
    const reports = json.map((item) => reportedErrorIn(item, eventName));
    return reports.find((report) => report !== undefined);
  }
  if (!isFields(json)) return eventName === 'error' ? json : undefined;
  if (tells(json.error)) return hasAnswer(json) ? { error: json.error } : json;
  if (tells(json.errors)) return { errors: json.errors };
  const choice: unknown = Array.isArray(json.choices) ? json.choices[0] : undefined;
  if (isFields(choice) && tells(choice.error)) return { error: choice.error };
  if (isRefusedBase(json.base_resp)) return json.base_resp;
  return eventName === 'error' || isErrorItself(json) ? json : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Many send an empty `error` with every event. */
function tells(error: unknown): boolean {
  if (typeof error === 'string') return error.trim() !== '' && !FINE.test(error.trim());
  if (typeof error === 'number') return error !== 0;
  if (Array.isArray(error)) return error.some(tells);
  if (isFields(error)) return Object.values(error).some((value) => tells(value) || value === true);
  return error === true;
}

function hasAnswer(json: Fields): boolean {
  return Array.isArray(json.choices) || isFields(json.message);
}

/** As MiniMax reports: with a status of its own, 0 when all is well. */
function isRefusedBase(base: unknown): boolean {
  return isFields(base) && typeof base.status_code === 'number' && base.status_code !== 0;
}

/** `{"object":"error","message":…}`, `{"detail":…}`, `{"code":400,"message":…}` and their like. */
function isErrorItself(json: Fields): boolean {
  if (json.object === 'error' || json.type === 'error' || json.success === false) return true;
  if (typeof json.status === 'string' && /^(error|failed|failure)$/i.test(json.status)) return true;
  if (hasAnswer(json)) return false;
  const words = [json.message, json.msg, json.detail, json.details, json.error_message];
  if (!words.some(tells)) return false;
  const isFine = (code: unknown) => code === 0 || code === 200 || code === '0' || code === '200';
  return !isFine(json.code) && !isFine(json.status);
}
