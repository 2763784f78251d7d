import type { StreamEvent } from '@chat-playground/sdk/protocol';
import type { Negotiated } from '../../domain/negotiate-parameters.js';
import type { Chat } from '../../domain/chat.js';
import type { Message } from '../../domain/message.js';
import type { OpenLog } from '../../ports/event-log.js';
import type { ModelProvider, PromptMessage, ProviderModel } from '../../ports/model-provider.js';
import { beginReply, type ReplyOutcome, type ReplyState } from './reply-state.js';
import { TextBuffer } from './text-buffer.js';

/** A reply to be written, already recorded. */
export interface ReplyJob {
  chat: Chat;
  userMessage: Message;
  /** The pending reply; its parent is the user's message. */
  reply: Message;
  provider: ModelProvider;
  model: ProviderModel;
  /** The reply whose text this one begins with, when it is to go on. */
  continues?: Message | undefined;
}

/** A reply being written. */
export interface ReplyRun {
  readonly job: ReplyJob;
  readonly controller: AbortController;
  readonly content: TextBuffer;
  readonly reasoning: TextBuffer;
  /** What its readers are told, and what storage lacks of it. */
  readonly log: OpenLog;
  state: ReplyState;
  /** Why it was aborted, if it was. */
  halted: 'stopped' | 'interrupted' | 'full' | null;
  /** Of the text storage lacks, in UTF-16 units. */
  unpersistedLength: number;
  lastBeatAt: number;
  prompt: PromptMessage[];
  negotiated: Negotiated;
  /** How it ended, once it has. */
  outcome: ReplyOutcome | null;
  /** Whether those who read along know that it has ended. */
  isTold: boolean;
  /** Whether its ending waits for storage to come back. */
  isStorageAway: boolean;
  /** Resolves when its ending could not be saved at once. */
  readonly delayed: Promise<void>;
  /** Tells that. */
  delay(): void;
}

export function createReplyRun(
  job: ReplyJob,
  log: OpenLog,
  at: number,
): { run: ReplyRun; start: StreamEvent } {
  const { reply } = job;
  const { state, event } = beginReply(
    {
      chatId: reply.chatId,
      messageId: reply.id,
      parentId: reply.parentId,
      model: reply.model ?? job.model.id,
    },
    at,
  );
  let delay = () => {};
  const delayed = new Promise<void>((resolve) => (delay = resolve));
  const run: ReplyRun = {
    job,
    controller: new AbortController(),
    content: new TextBuffer(),
    reasoning: new TextBuffer(),
    log,
    state,
    halted: null,
    unpersistedLength: 0,
    lastBeatAt: at,
    prompt: [],
    negotiated: { wire: {}, applied: reply.parameters ?? {} },
    outcome: null,
    isTold: false,
    isStorageAway: false,
    delayed,
    delay,
  };
  return { run, start: event };
}

/** Aborts the provider's request. The first reason stands; after the end it does nothing. */
export function haltRun(run: ReplyRun, reason: NonNullable<ReplyRun['halted']>): void {
  if (run.halted !== null || run.outcome !== null) return;
  run.halted = reason;
  run.controller.abort();
}
