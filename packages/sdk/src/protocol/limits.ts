/** Longest text a user may send in one message, in UTF-16 code units. */
export const MAX_MESSAGE_LENGTH = 200_000;
/** Most rows a page of any list may hold. */
export const MAX_PAGE_SIZE = 100;
/** Rows in a page when the caller names no `limit`. */
export const DEFAULT_PAGE_SIZE = 30;
/** Longest title, in UTF-16 code units. */
export const MAX_TITLE_LENGTH = 200;
/** Longest system prompt, in UTF-16 code units. */
export const MAX_SYSTEM_PROMPT_LENGTH = 50_000;
/** Most stop sequences of one request. */
export const MAX_STOP_SEQUENCES = 16;
/** Fewest characters of a password. */
export const MIN_PASSWORD_LENGTH = 8;
/** Most characters of a password: enough for a passphrase, little enough to hash. */
export const MAX_PASSWORD_LENGTH = 200;
