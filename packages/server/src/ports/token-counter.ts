/** Counts tokens where a provider does not report them, and to fit a prompt into a context. */
export interface TokenCounter {
  count(text: string): Promise<number>;
}
