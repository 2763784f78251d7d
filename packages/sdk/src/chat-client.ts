import type {
  Auth,
  ChangePasswordBody,
  Chat,
  DeleteAccountBody,
  DeleteMessageResponse,
  DeleteResponse,
  ExplainVoteBody,
  ExplainVoteResponse,
  ExportLine,
  ListChatsQuery,
  LoginBody,
  Message,
  MessageHit,
  Model,
  Preset,
  PresetBody,
  PresetPatch,
  RegisterBody,
  SearchQuery,
  SearchResponse,
  SendBody,
  SendResponse,
  Session,
  StreamEvent,
  UpdateChatBody,
  Usage,
  UsageQuery,
  User,
  VoteBody,
  VoteResponse,
} from './protocol/index.js';
import type { Realtime } from './realtime/realtime.js';

/** What every call takes. */
export interface CallOptions {
  /** Aborting rejects the call; a reply that was started goes on. */
  signal?: AbortSignal | undefined;
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

export interface PresetPage {
  presets: Preset[];
  next_cursor: string | null;
}

/**
 * A reply's events. Iterate it once; it reconnects and resumes by itself, and throws when the
 * stream cannot be brought to its ending event. Leaving the loop detaches and the reply goes on.
 */
export interface ReplyStream extends AsyncIterable<StreamEvent> {
  /**
   * The same events in place of one by one: all that came together, for whoever draws them together.
   * Consumes the stream.
   */
  batches(): AsyncIterable<readonly StreamEvent[]>;
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
    /** Every other session of the user ends with it; this one stays. */
    changePassword(body: ChangePasswordBody, options?: CallOptions): Promise<void>;
    /** All that is the user's own, line by line as it arrives. Iterate it once. */
    export(options?: CallOptions): AsyncIterable<ExportLine>;
    /** Deletes the signed-in user's account with all it holds, for good, and signs out here. */
    delete(body: DeleteAccountBody, options?: CallOptions): Promise<void>;
  };
  /** Where the user is signed in. */
  sessions: {
    /** The most recently used first. */
    list(options?: CallOptions): Promise<Session[]>;
    revoke(sessionId: string, options?: CallOptions): Promise<void>;
    /** Signs out everywhere else. @returns how many sessions have ended */
    revokeOthers(options?: CallOptions): Promise<number>;
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
      query: { chat_id: string; limit?: number; cursor?: string | undefined },
      options?: CallOptions,
    ): Promise<MessagePage>;
    /** Every message of the active branch, from the newest back. */
    all(query: { chat_id: string }, options?: CallOptions): AsyncIterable<Message>;
    /** The same vote again takes it back. */
    vote(body: VoteBody, options?: CallOptions): Promise<VoteResponse>;
    /** Says why one voted, in place of what was said before. */
    explainVote(body: ExplainVoteBody, options?: CallOptions): Promise<ExplainVoteResponse>;
    /** Deletes one message; what follows it stays. */
    delete(
      message: { chat_id: string; message_id: string },
      options?: CallOptions,
    ): Promise<DeleteMessageResponse>;
  };
  /** Choices of model and parameters, kept under names. */
  presets: {
    /** A page, newest first. */
    list(
      query?: { limit?: number; cursor?: string | undefined },
      options?: CallOptions,
    ): Promise<PresetPage>;
    all(options?: CallOptions): AsyncIterable<Preset>;
    get(presetId: string, options?: CallOptions): Promise<Preset>;
    create(body: PresetBody, options?: CallOptions): Promise<Preset>;
    update(presetId: string, body: PresetPatch, options?: CallOptions): Promise<Preset>;
    delete(presetId: string, options?: CallOptions): Promise<void>;
  };
  /** Titles and messages by words or parts of words. */
  search: {
    /**
     * A page of messages, newest first; the first page also has the chats whose title matches. A page
     * may be short, or empty, and yet have a `next_cursor`: the server looks through so much at once.
     */
    list(query: SearchQuery, options?: CallOptions): Promise<SearchResponse>;
    /** Every matching message, page after page as they are asked for. */
    all(query: Omit<SearchQuery, 'cursor'>, options?: CallOptions): AsyncIterable<MessageHit>;
  };
  /** What the signed-in user has spent. */
  usage: {
    /**
     * Replies and tokens by day and model, and their totals. Days are days in UTC.
     *
     * @param query `days` up to `to` (default 30 and today; at most 366), or those since `from`
     */
    get(query?: UsageQuery, options?: CallOptions): Promise<Usage>;
  };
  /** Live updates of the signed-in user's other tabs and devices; socket.io loads on first use. */
  realtime: Realtime;
  /** Ends live connections, timers and listeners. */
  close(): void;
}
