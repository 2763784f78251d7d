import type {
  ChatStores,
  ChatsState,
  ConnectionStatus,
  ConversationState,
  ModelsState,
  ParametersState,
  PartialReply,
  SessionState,
} from '@chat-playground/sdk';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { StoreController } from '../../controllers/store-controller.js';
import type { Connected } from './connect.js';

interface ServerControllerHooks {
  onSession: (now: SessionState, before: SessionState) => void;
  onConversation: (now: ConversationState, before: ConversationState) => void;
  /** Shows a reply that has only grown. @returns false when there is nowhere to show it */
  showGrowth: (partial: PartialReply | null) => boolean;
}

/** Holds the stores of one server at a time and renders its host as they change. */
export class ServerController implements ReactiveController {
  readonly #session: StoreController<SessionState>;
  readonly #chats: StoreController<ChatsState>;
  readonly #conversation: StoreController<ConversationState>;
  readonly #models: StoreController<ModelsState>;
  readonly #parameters: StoreController<ParametersState>;
  readonly #connection: StoreController<ConnectionStatus>;
  #connected: Connected | null = null;

  constructor(host: ReactiveControllerHost, hooks: ServerControllerHooks) {
    this.#session = new StoreController(host, { onChange: hooks.onSession });
    this.#chats = new StoreController(host);
    this.#conversation = new StoreController(host, {
      onChange: hooks.onConversation,
      show: (now, before) => onlyGrew(now, before) && hooks.showGrowth(now.partial),
    });
    this.#models = new StoreController(host);
    this.#parameters = new StoreController(host);
    this.#connection = new StoreController(host);
    host.addController(this);
  }

  get stores(): ChatStores | null {
    return this.#connected?.stores ?? null;
  }
  get session(): SessionState {
    return this.#session.value ?? { status: 'restoring', user: null };
  }
  get chats(): ChatsState | undefined {
    return this.#chats.value;
  }
  get conversation(): ConversationState | undefined {
    return this.#conversation.value;
  }
  get models(): ModelsState | undefined {
    return this.#models.value;
  }
  get parameters(): ParametersState {
    return this.#parameters.value ?? {};
  }
  get connection(): ConnectionStatus {
    return this.#connection.value ?? 'idle';
  }

  /** Whether the server no longer takes the token it was given. */
  get isRefused(): boolean {
    const errors = [this.conversation?.error, this.chats?.error, this.models?.error];
    return errors.some((error) => error?.status === 401);
  }

  /** Lets go of the server before and turns to this one, or to none. */
  use(connected: Connected | null): void {
    const stores = connected?.stores ?? null;
    this.#session.attach(stores?.$session ?? null);
    this.#chats.attach(stores?.$chats ?? null);
    this.#conversation.attach(stores?.$conversation ?? null);
    this.#models.attach(stores?.$models ?? null);
    this.#parameters.attach(stores?.$parameters ?? null);
    this.#connection.attach(stores?.$connection ?? null);
    this.#connected?.close();
    this.#connected = connected;
  }

  hostDisconnected(): void {
    this.use(null);
  }
}

/** Whether all that has changed is the text of a reply being written. */
function onlyGrew(now: ConversationState, before: ConversationState): boolean {
  return (
    now.partial?.message_id === before.partial?.message_id &&
    now.messages === before.messages &&
    now.status === before.status &&
    now.sending === before.sending &&
    now.error === before.error &&
    now.chat === before.chat
  );
}
