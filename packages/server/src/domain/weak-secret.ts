/** Fewest characters of a secret that cannot be guessed, if they are random. */
export const MIN_SECRET_LENGTH = 32;

/** Random text of 32 characters, even of hexadecimal digits, has more of them. */
const MIN_DIFFERENT_CHARACTERS = 8;
/** What examples, tutorials and impatience fill in; none of it comes about at random. */
const PLACEHOLDER =
  /change.?me|secret|passw(or)?d|example|default|replace|placeholder|insert.?here|your.?(own|key|jwt)|1234567|abcdefg|qwerty|letmein|chat.?playground/i;

/**
 * Why a secret could be guessed.
 *
 * @returns the end of a sentence that begins with the secret; undefined when nothing speaks against it
 */
export function weaknessOf(secret: string): string | undefined {
  if (secret.length < MIN_SECRET_LENGTH) {
    return `has fewer than ${MIN_SECRET_LENGTH} characters`;
  }
  if (new Set(secret).size < MIN_DIFFERENT_CHARACTERS) {
    return 'is made of a few characters over and over';
  }
  return placeholderIn(secret);
}

/** @returns as {@link weaknessOf}, for short passwords too */
export function placeholderIn(secret: string): string | undefined {
  return PLACEHOLDER.test(secret) ? 'looks like the placeholder of an example' : undefined;
}
