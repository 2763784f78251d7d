import { isFinalStatus } from '../protocol/endings.js';
import type { Message } from '../protocol/index.js';
import type { ReplyEnding, ReplyProgress } from './conversation.js';

/**
 * Two accounts of one message, in whichever order they came. The higher version is the newer truth,
 * with two exceptions: an ending read from the stream has no version yet and is never taken back,
 * and the place among siblings changes without the message's own version, so the larger count wins.
 */
export function mergeMessage(known: Message | undefined, told: Message): Message {
  if (!known) return told;
  const [newer, older] = told.version > known.version ? [told, known] : [known, told];
  const isEndingLost = isFinalStatus(older.status) && !isFinalStatus(newer.status);
  const hasNewSiblings = older.sibling_count > newer.sibling_count;
  if (!isEndingLost && !hasNewSiblings) return newer;
  return {
    ...newer,
    ...(isEndingLost && pickEnding(older)),
    ...(hasNewSiblings && pickSiblings(older)),
  };
}

/** The message as the stream's ending makes it; the server's own account follows by the socket. */
export function endMessage(message: Message, reply: ReplyProgress, ending: ReplyEnding): Message {
  const { content, reasoning } = reply;
  const { message_id, status, ...told } = ending;
  const base = { ...message, message_id, status, content, reasoning };
  if ('code' in told) return { ...base, error: told };
  const { parameters, ...metrics } = told;
  return { ...base, error: null, parameters, metrics };
}

function pickEnding(message: Message) {
  const { status, content, reasoning, error, metrics, parameters } = message;
  return { status, content, reasoning, error, metrics, parameters };
}

function pickSiblings(message: Message) {
  const { sibling_index, sibling_count, previous_sibling_id, next_sibling_id } = message;
  return { sibling_index, sibling_count, previous_sibling_id, next_sibling_id };
}
