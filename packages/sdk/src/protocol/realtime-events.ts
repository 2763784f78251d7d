import type { Chat } from './chat.js';
import type { Message, MessageStatus, Vote } from './message.js';

/** Data of each realtime event, by its name; sent to the owner's sockets only. */
export interface RealtimeEventData {
  vote_update: { chat_id: string; message_id: string; vote: Vote | null; version: number };
  chat_deleted: { chat_id: string };
  chat_created: { chat: Chat };
  chat_updated: { chat: Chat };
  message_created: { message: Message };
  message_updated: { message: Message };
  reply_started: { chat_id: string; message_id: string };
  reply_ended: { chat_id: string; message_id: string; status: MessageStatus };
}

export type RealtimeEventName = keyof RealtimeEventData;

export type RealtimeEvent = {
  [Name in RealtimeEventName]: { event: Name; data: RealtimeEventData[Name] };
}[RealtimeEventName];

/** Every realtime event's name, for those who subscribe to all of them. */
export const REALTIME_EVENTS = [
  'vote_update',
  'chat_deleted',
  'chat_created',
  'chat_updated',
  'message_created',
  'message_updated',
  'reply_started',
  'reply_ended',
] as const satisfies readonly RealtimeEventName[];
