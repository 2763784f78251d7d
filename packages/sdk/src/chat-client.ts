import type {
  Auth,
  Chat,
  DeleteResponse,
  ListChatsQuery,
  LoginBody,
  Message,
  Model,
  RegisterBody,
  SendBody,
  SendResponse,
  StreamEvent,
  UpdateChatBody,
  User,
  VoteBody,
  VoteResponse,
} from './protocol/index.js';
import type { Realtime } from './realtime/realtime.js';

/** What every call takes. */
export interface CallOptions {
  /** Aborting rejects the call; a reply that was started goes on. */
  signal?: AbortSignal;
}

export interface SendOptions extends CallOptions {
  /** Same key, same send: a repeat never makes a second reply. A fresh UUID when absent. */
  idempotencyKey?: string;
}

export interface ChatPage {
  chats: Chat[];
  next_cursor: string | null;
}

export interface MessagePage {
  messages: Message[];
  next_cursor: string | null;
}

/**
 * A reply's events. Iterate it once; it reconnects and resumes by itself, and throws when the
 * stream cannot be brought to its ending event. Leaving the loop detaches and the reply goes on.
 */
export interface ReplyStream extends AsyncIterable<StreamEvent> {
  /** The whole text, when all that matters is the end of it. Consumes the stream. */
  toText(): Promise<string>;
  /** Stops the reply at the server; what was written stays. */
  stop(): Promise<void>;
}

/** The reply to a message just sent. */
export interface SentReplyStream extends ReplyStream {
  /** Settles when the server has taken the message, before the first token. */
  readonly accepted: Promise<SendResponse>;
}

/** The tokens of a session, as kept by the client's storage. */
export interface StoredSession {
  token: string;
  refresh_token: string | null;
  /** When `token` expires, in milliseconds since the epoch. */
  expires_at: number;
  user: User;
}

export interface ChatClient {
  auth: {
    /** Who holds the session: the client's own storage, or the page (`getToken`). */
    readonly source: 'storage' | 'page';
    register(body: RegisterBody, options?: CallOptions): Promise<Auth>;
    login(body: LoginBody, options?: CallOptions): Promise<Auth>;
    /** Ends the session at the server, and here even if the server cannot be reached. */
    logout(options?: CallOptions): Promise<void>;
    /** The session now; null when signed out, and always when the page holds it. */
    session(): StoredSession | null;
    /** Calls back on sign-in, sign-out, refresh and expiry. @returns the removal */
    onSessionChange(listener: (session: StoredSession | null) => void): () => void;
  };
  users: {
    me(options?: CallOptions): Promise<User>;
    get(userId: string, options?: CallOptions): Promise<User>;
  };
  models: { list(options?: CallOptions): Promise<Model[]> };
  chats: {
    list(query?: ListChatsQuery, options?: CallOptions): Promise<ChatPage>;
    /** Every chat, page after page as they are asked for. */
    all(query?: Omit<ListChatsQuery, 'cursor'>, options?: CallOptions): AsyncIterable<Chat>;
    get(chatId: string, options?: CallOptions): Promise<Chat>;
    update(chatId: string, body: UpdateChatBody, options?: CallOptions): Promise<Chat>;
    delete(chatId: string, options?: CallOptions): Promise<DeleteResponse>;
    restore(chatId: string, options?: CallOptions): Promise<Chat>;
    chooseBranch(chatId: string, messageId: string, options?: CallOptions): Promise<Chat>;
    /**
     * Sends, edits or regenerates (see `SendBody`), then reads the reply. The message goes out at
     * once, whether or not the stream is iterated; the stream opens with the first iteration.
     */
    send(body: SendBody, options?: SendOptions): SentReplyStream;
    /** Reads a reply from the beginning, or after an event already seen. */
    stream(
      request: { chat_id: string; message_id?: string; last_event_id?: number },
      options?: CallOptions,
    ): ReplyStream;
    stop(request: { chat_id: string; message_id?: string }, options?: CallOptions): Promise<void>;
  };
  messages: {
    /** A page of the active branch: oldest first within it, pages from the newest back. */
    list(
      query: { chat_id: string; limit?: number; cursor?: string },
      options?: CallOptions,
    ): Promise<MessagePage>;
    /** Every message of the active branch, from the newest back. */
    all(query: { chat_id: string }, options?: CallOptions): AsyncIterable<Message>;
    vote(body: VoteBody, options?: CallOptions): Promise<VoteResponse>;
  };
  /** Live updates of the signed-in user's other tabs and devices; socket.io loads on first use. */
  realtime: Realtime;
  /** Ends live connections, timers and listeners. */
  close(): void;
}
