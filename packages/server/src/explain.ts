import { isDomainError } from './domain/domain-error.js';
import { StartupError } from './domain/startup-error.js';

/** One sentence for what an operator can mend; the whole of anything else, for it is our mistake. */
export function explain(error: unknown): string {
  if (error instanceof StartupError || isDomainError(error)) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
