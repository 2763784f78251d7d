import { ChatError, isChatError } from '../errors/chat-error.js';

/** Stores hold ChatErrors only; anything else is a fault of the program and keeps its cause. */
export function asChatError(cause: unknown): ChatError {
  if (isChatError(cause)) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  return new ChatError(message, { code: 'internal', retryable: false, cause });
}
