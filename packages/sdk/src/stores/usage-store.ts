import { atom, type ReadableAtom } from 'nanostores';
import type { Message } from '../protocol/index.js';
import type { ConversationState, UsageState } from './state.js';

const NO_USAGE: UsageState = {
  replies: 0,
  prompt_tokens: 0,
  completion_tokens: 0,
  response_time: 0,
  isWhole: true,
};

/** What the open chat's loaded branch has cost; counted anew only when its messages change. */
export function createUsageStore(
  $conversation: ReadableAtom<ConversationState>,
): ReadableAtom<UsageState> {
  const $usage = atom(NO_USAGE);
  $conversation.listen(({ messages, hasOlder }, before) => {
    // While a reply grows its messages stay the same array, and nothing is counted.
    if (messages === before?.messages && hasOlder === before.hasOlder) return;
    $usage.set(messages.reduce(addReply, { ...NO_USAGE, isWhole: !hasOlder }));
  });
  return $usage;
}

function addReply(sum: UsageState, { metrics }: Message): UsageState {
  if (!metrics) return sum;
  return {
    ...sum,
    replies: sum.replies + 1,
    prompt_tokens: sum.prompt_tokens + metrics.prompt_tokens,
    completion_tokens: sum.completion_tokens + metrics.completion_tokens,
    response_time: sum.response_time + metrics.response_time,
  };
}
