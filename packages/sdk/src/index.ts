export {
  ChatError,
  isChatError,
  type ChatErrorCode,
  type ClientErrorCode,
} from './errors/chat-error.js';
export type {
  CallOptions,
  ChatClient,
  ChatPage,
  MessagePage,
  ReplyStream,
  SendOptions,
  SentReplyStream,
  StoredSession,
} from './chat-client.js';
export type { ConnectionStatus, Realtime } from './realtime/realtime.js';
export type { ChatStores } from './stores/chat-stores.js';
export type {
  ChatsState,
  ConversationState,
  LoadStatus,
  ModelsState,
  ParametersState,
  PartialReply,
  SessionState,
} from './stores/state.js';
export type * from './protocol/index.js';
