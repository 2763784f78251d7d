import type { ConversationState } from '@chat-playground/sdk';
import type { ServerController } from './server-controller.js';

interface Host {
  /** Its `chat-id`. */
  chatId: string | null;
}

/** Keeps a host's `chat-id` and the chat that its store shows one and the same. */
export class ShownChat {
  /** The chat that is being opened. */
  #opening: string | null = null;

  constructor(
    private readonly host: Host,
    private readonly server: ServerController,
    /** Runs what may fail and tells of it. */
    private readonly attempt: (run: () => Promise<void>) => void,
  ) {}

  /** Follows the store from chat to chat, but not while a chat that was asked for still loads. */
  adopt(now: ConversationState, before: ConversationState): void {
    const wasClosed = before.chat !== null && now.chat === null && now.status === 'idle';
    // A session that ended closes its chat too; whoever signs in again is to find it open.
    if (wasClosed && this.server.session.status === 'signed-in') this.host.chatId = null;
    if (now.chat !== null) this.host.chatId = now.chat.chat_id;
  }

  /** Opens what `chat-id` says, unless it is open already. */
  follow(): void {
    const { stores, conversation, session } = this.server;
    const { chatId } = this.host;
    if (stores === null || session.status !== 'signed-in') return;
    if (chatId === (conversation?.chat?.chat_id ?? null)) return;
    // On the way already; asking again would forget which message was asked for.
    if (chatId !== null && chatId === this.#opening) return;
    this.attempt(() => this.open(this.host.chatId));
  }

  /**
   * @param chatId null for an empty chat
   * @param messageId a message to be on show
   * @throws ChatError when it cannot be loaded
   */
  async open(chatId: string | null, messageId?: string): Promise<void> {
    const { stores } = this.server;
    this.host.chatId = chatId;
    this.#opening = chatId;
    try {
      if (chatId === null) stores?.newChat();
      else await stores?.openChat(chatId, { messageId });
    } finally {
      if (this.#opening === chatId) this.#opening = null;
    }
  }
}
