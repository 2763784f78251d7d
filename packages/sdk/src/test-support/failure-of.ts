import { ChatError } from '../errors/chat-error.js';

/** The ChatError a promise rejects with; anything else fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<ChatError> {
  const error = await promise.then(
    () => new Error('it did not fail'),
    (cause: unknown) => cause,
  );
  if (error instanceof ChatError) return error;
  throw error;
}
