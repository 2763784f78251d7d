import type { ReadableAtom } from 'nanostores';
import type { ParameterName, Parameters, Vote, VoteDetails } from '../protocol/index.js';
import type { ConnectionStatus } from '../realtime/realtime.js';
import type {
  ChatsState,
  ConversationState,
  ModelsState,
  ParametersState,
  SessionState,
  UsageState,
} from './state.js';

/**
 * A chat's whole state as stores, and the verbs that change it. Verbs reject with a ChatError after
 * having put it into the store it concerns and undone what they showed early.
 */
export interface ChatStores {
  readonly $session: ReadableAtom<SessionState>;
  readonly $chats: ReadableAtom<ChatsState>;
  readonly $conversation: ReadableAtom<ConversationState>;
  readonly $models: ReadableAtom<ModelsState>;
  readonly $parameters: ReadableAtom<ParametersState>;
  readonly $connection: ReadableAtom<ConnectionStatus>;
  readonly $usage: ReadableAtom<UsageState>;

  /** Checks a kept session, then loads models and chats and goes online. Call once. */
  start(): Promise<void>;
  /** Ends everything that `start` began. */
  stop(): void;

  register(form: { username: string; email: string; password: string }): Promise<void>;
  signIn(form: { email: string; password: string }): Promise<void>;
  signOut(): Promise<void>;

  /** Loads the models again, after a failure say; `start` and signing in load them too. */
  loadModels(): Promise<void>;

  /**
   * Loads the first page of a list of chats.
   *
   * @param query a part of the titles to look for; default all
   * @param options `archived`: the archived chats rather than the others; default false
   */
  loadChats(query?: string, options?: { archived?: boolean }): Promise<void>;
  loadMoreChats(): Promise<void>;
  renameChat(chatId: string, title: string): Promise<void>;
  pinChat(chatId: string, pinned: boolean): Promise<void>;
  /** Moves a chat to the archived ones, or back; it leaves the list that it is not of any more. */
  archiveChat(chatId: string, archived: boolean): Promise<void>;
  /** @returns until when, in milliseconds since the epoch, `undoDelete` can bring it back */
  deleteChat(chatId: string): Promise<number>;
  undoDelete(chatId: string): Promise<void>;

  /** Leaves the open chat for an empty one; nothing is sent until the first message. */
  newChat(): void;
  /**
   * Opens a chat at the end of its active branch.
   *
   * @param options `messageId`: a message to be on show, such as a search has found. Unless it is on
   *   the newest page, its branch becomes the active one, down to the newest answer, and older
   *   messages are loaded until it is there.
   */
  openChat(chatId: string, options?: { messageId?: string | undefined }): Promise<void>;
  loadOlderMessages(): Promise<void>;
  /** Resolves when the reply has ended. */
  send(text: string): Promise<void>;
  editMessage(messageId: string, text: string): Promise<void>;
  regenerate(messageId: string): Promise<void>;
  /**
   * Lets a reply that was stopped, interrupted or cut off go on, as another version that begins with
   * its text. Resolves when that has ended.
   */
  continueReply(messageId: string): Promise<void>;
  stopReply(): Promise<void>;
  vote(messageId: string, vote: Vote): Promise<void>;
  /** Says why one voted, in place of what was said before; goes out after the vote it explains. */
  explainVote(messageId: string, details: VoteDetails): Promise<void>;
  /** Deletes one message; what follows it stays, below an empty place. */
  deleteMessage(messageId: string): Promise<void>;
  chooseBranch(messageId: string): Promise<void>;

  setParameters(patch: Partial<Parameters>): void;
  /** Back to the model's own default. */
  resetParameter(name: ParameterName): void;
}
