import type { StreamEvent } from '@chat-playground/sdk/protocol';

/**
 * What a follower finds past its place.
 *
 * - `events`: the next ones, in order
 * - `behind`: they are no longer held here; storage has them
 * - `closed`: nothing more will come from here; storage has the rest
 */
export type LiveBatch =
  { state: 'events'; events: readonly StreamEvent[] } | { state: 'behind' } | { state: 'closed' };

/**
 * The live end of the logs of replies being written. It holds no more than what storage may still
 * lack and a little of what came before; followers share it and keep only their place, so a slow
 * one costs nothing and catches up from storage.
 */
export interface EventLog {
  open(messageId: string): void;
  /** Events carry ascending `seq`; a log that is not open ignores them. */
  append(messageId: string, events: readonly StreamEvent[]): void;
  /** Storage has everything up to and including `seq`: it may be forgotten here. */
  release(messageId: string, seq: number): void;
  /** The reply has ended and storage has all of it. */
  close(messageId: string): void;
  /**
   * Waits until there is something to say about what follows `afterSeq`.
   *
   * @throws the signal's reason when aborted
   */
  follow(messageId: string, afterSeq: number, signal: AbortSignal): Promise<LiveBatch>;
}
