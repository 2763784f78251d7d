export { createChatClient, type ChatClientOptions } from './create-chat-client.js';
export type { GetToken } from './auth/page-token.js';
export {
  createBrowserStorage,
  createMemoryStorage,
  type SessionStorage,
} from './auth/session-storage.js';
export type { RetryOptions } from './http/retry.js';
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
  PresetPage,
  ReplyStream,
  SendOptions,
  SentReplyStream,
  StoredSession,
} from './chat-client.js';
export type { ConnectionStatus, Realtime } from './realtime/realtime.js';
export { createChatStores, type ChatStoresOptions } from './stores/create-chat-stores.js';
export type { ChatStores } from './stores/chat-stores.js';
export {
  createPresetsStore,
  type PresetsState,
  type PresetsStore,
} from './stores/presets-store.js';
export { createSearchStore, type SearchState, type SearchStore } from './stores/search-store.js';
export type { KeyValueStorage } from './stores/parameters-store.js';
export type {
  ChatsState,
  ConversationState,
  LoadStatus,
  ModelsState,
  ParametersState,
  PartialReply,
  SessionState,
  UsageState,
} from './stores/state.js';
// Plain values of the protocol that a user interface needs; none of them brings the schemas along.
export { isFinalStatus } from './protocol/endings.js';
export {
  MAX_MESSAGE_LENGTH,
  MAX_PASSWORD_LENGTH,
  MAX_STOP_SEQUENCES,
  MAX_SYSTEM_PROMPT_LENGTH,
  MAX_TITLE_LENGTH,
  MIN_PASSWORD_LENGTH,
} from './protocol/limits.js';
export { NUMERIC_PARAMETERS, PARAMETER_NAMES } from './protocol/parameter-names.js';
export type * from './protocol/index.js';
