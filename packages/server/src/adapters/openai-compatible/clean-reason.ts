/** Longest reason that is shown, in characters. */
const MAX_REASON_LENGTH = 200;
/** A piece of a key this long is one by itself, in characters; ordinary words repeat less of it. */
const PIECE_LENGTH = 6;
const MIN_SECRET_LENGTH = 4;
const HIDDEN = '(hidden)';

/** A value of the configuration that must not be shown. */
export interface Secret {
  value: string;
  /** Whether pieces of it tell something too: a key, rather than the name of a site. */
  isKey: boolean;
}

/** Names of headers that carry keys. */
const KEY_HEADER = /auth|key|token|secret|cookie|credential|password|signature/i;

/** Everything in a provider's configuration that its answers might repeat. */
export function secretsOf({ api_key: apiKey, headers, base_url: baseUrl }: SecretPlaces): Secret[] {
  const secrets: Secret[] = [];
  for (const [name, value] of Object.entries(headers)) {
    const isKey = KEY_HEADER.test(name);
    secrets.push({ value, isKey });
    // What follows "Bearer" is the key.
    if (isKey) secrets.push({ value: value.replace(/^\S+\s+/, ''), isKey });
  }
  if (apiKey !== undefined) secrets.push({ value: apiKey, isKey: true });
  for (const [name, value] of new URL(baseUrl).searchParams) {
    if (KEY_HEADER.test(name)) secrets.push({ value, isKey: true });
  }
  return secrets;
}

interface SecretPlaces {
  api_key?: string | undefined;
  headers: Readonly<Record<string, string>>;
  base_url: string;
}

/** What keys look like, whoever they belong to; half hidden ones too. */
const KEY_FORMS: readonly RegExp[] = [
  /\b(authorization|proxy-authorization|x-api-key|api-key|x-goog-api-key|cookie)\b["']?\s*[:=]\s*["']?((bearer|basic)\s+)?[^\s"',;]+/gi,
  /\b(bearer|basic)\s+[\w.~+/=*-]{6,}/gi,
  /\b(api[-_ ]?key|access[-_]?token|key|token|secret|password|passwd|pwd|sig|signature)\s*=\s*["']?[^\s"'&,;]+/gi,
  // Of words between them only those that are no words: with a digit or a star in them.
  /\b(key|token|secret|password)(\s+(is|was|provided))?\s*[:(]?\s*["'`]?(?=[\w.*-]*[\d*])[\w.*-]{6,}/gi,
  /\b(sk|pk|rk|gsk|hf|xai|r8|nvapi|ghp|gho|github_pat|glpat|xox[abp]|fw|csk|pplx|tgp|dop)[-_][\w*.…-]{4,}/gi,
  /\bAIza[\w*.-]{4,}/g,
  /\bAKIA[A-Z0-9]{8,}/g,
  /\beyJ[\w-]{8,}(\.[\w-]+){0,2}/g,
  /[\w-]*[*•]{3,}[\w*•-]*/g,
  // A run of 24 letters and digits is no word; a UUID or an address of it has marks in between.
  /\b(?=\w*\d)(?=\w*[A-Za-z])[A-Za-z0-9]{24,}\b/g,
];

/** One short line without addresses, keys or markup, fit to be shown to anyone. */
export function cleanReason(text: string, secrets: readonly Secret[]): string {
  let reason = text.slice(0, MAX_REASON_LENGTH * 10).replace(/[\p{Cf}]+/gu, '');
  for (const { value } of secrets) {
    if (value.length >= MIN_SECRET_LENGTH) reason = reason.replaceAll(value, HIDDEN);
  }
  reason = reason
    .replace(/\b[a-z][a-z+.-]{1,20}:\/\/[^\s"'<>]+/gi, '(address)')
    .replace(/[^\s"'<>:/@]+:[^\s"'<>/@]+@[\w.-]+/g, HIDDEN);
  for (const form of KEY_FORMS) reason = reason.replace(form, HIDDEN);
  for (const { value, isKey } of secrets) if (isKey) reason = hidePieces(reason, value);
  reason = reason
    .replace(/\b\d{1,3}(\.\d{1,3}){3}(:\d+)?\b/g, '(address)')
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return shorten(reason);
}

function shorten(text: string): string {
  if (text.length <= MAX_REASON_LENGTH) return text.toWellFormed();
  return `${text.slice(0, MAX_REASON_LENGTH - 1).trimEnd()}…`
    .replace(/[\uD800-\uDBFF]…$/, '…')
    .toWellFormed();
}

/** Hides what the text shares with a key: a provider may show its beginning or its end. */
function hidePieces(text: string, key: string): string {
  if (key.length < PIECE_LENGTH) return text;
  const pieces = new Set<string>();
  for (let at = 0; at + PIECE_LENGTH <= key.length; at += 1) {
    pieces.add(key.slice(at, at + PIECE_LENGTH));
  }
  let shown = '';
  for (let at = 0; at < text.length;) {
    if (!pieces.has(text.slice(at, at + PIECE_LENGTH))) {
      shown += text.charAt(at);
      at += 1;
      continue;
    }
    at += PIECE_LENGTH;
    while (at < text.length && pieces.has(text.slice(at - PIECE_LENGTH + 1, at + 1))) at += 1;
    shown += HIDDEN;
  }
  return shown;
}
