/** Why the server cannot start, as one sentence for whoever tried: what is wrong and what to do. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}
