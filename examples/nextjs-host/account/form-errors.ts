import type { ChatError } from '@chat-playground/sdk';

export type FieldName = 'username' | 'email' | 'password';

/** What the server found wrong, by field. */
export function fieldErrors(error: ChatError | null): Partial<Record<FieldName, string>> {
  if (error?.code === 'email_taken') return { email: error.message };
  if (error?.code === 'username_taken') return { username: error.message };
  const issues = error?.details ?? [];
  // The first issue of a field is the one to read: later ones often follow from it.
  const latestFirst = issues.map(({ field, message }) => [field.replace('body.', ''), message]);
  return Object.fromEntries(latestFirst.reverse());
}
