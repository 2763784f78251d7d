/**
 * Takes what came together, one at least. Where it returns a promise, nothing more is given to it
 * before that is fulfilled. A call for each batch, and nothing to wait for as a rule: with a promise
 * for each, thousands of small batches a second cost more than what is in them.
 */
export type Take<Item> = (batch: readonly Item[]) => Promise<void> | undefined;

/** Gives all there is; resolves after the last, rejects with what went wrong, be it in `take`. */
export type Source<Item> = (take: Take<Item>) => Promise<void>;
