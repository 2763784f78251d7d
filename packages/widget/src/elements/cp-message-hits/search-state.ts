import type { ChatError, LoadStatus, MessageHit, SearchResponse } from '@chat-playground/sdk';

/** What a search has found so far. */
export interface SearchState {
  status: LoadStatus;
  query: string;
  chats: SearchResponse['chats'];
  messages: readonly MessageHit[];
  hasMore: boolean;
  error: ChatError | null;
}
