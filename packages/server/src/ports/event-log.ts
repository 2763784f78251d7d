import type { StreamEvent } from '@chat-playground/sdk/protocol';
import type { Take } from './source.js';

/**
 * Why a follower is told nothing more from here.
 *
 * - `behind`: what follows its place is no longer held here; storage has it
 * - `closed`: nothing more will come from here; storage has the rest
 */
export type FollowEnd = 'behind' | 'closed';

/** The log of a reply that is being written here, as its writer has it. */
export interface OpenLog {
  /** Events storage still lacks, the oldest first: all that is held. */
  readonly unpersisted: readonly StreamEvent[];
  /** Events carry ascending `seq`; a closed log ignores them. */
  append(events: readonly StreamEvent[]): void;
  /** Storage has everything up to and including `seq`: it may be forgotten here. */
  release(seq: number): void;
  /** The reply has ended and storage has all of it. */
  close(): void;
}

/**
 * The live end of the logs of replies being written. Followers share what is held and keep only their
 * place, so a slow one costs nothing and catches up from storage.
 */
export interface EventLog {
  open(messageId: string): OpenLog;
  /** The reply was ended by another than its writer: whoever still follows it is told. */
  close(messageId: string): void;
  /**
   * Gives what follows `afterSeq` as it comes, in order and each event once, for as long as it is to
   * be had here.
   *
   * @throws the signal's reason when aborted; what `take` throws
   */
  follow(
    messageId: string,
    afterSeq: number,
    take: Take<StreamEvent>,
    signal: AbortSignal,
  ): Promise<FollowEnd>;
}
