import {
  createSearchStore,
  type ChatClient,
  type ChatStores,
  type SearchState,
  type SearchStore,
} from '@chat-playground/sdk';
import type { ReactiveControllerHost } from 'lit';
import { StoreController } from '../../controllers/store-controller.js';
import type { Intents } from '../../events/intents.js';

/** The search through chats and messages, and which messages it found. */
export class SearchController {
  readonly #found: StoreController<SearchState>;
  #store: SearchStore | null = null;

  constructor(
    host: ReactiveControllerHost,
    private readonly stores: () => ChatStores | null,
  ) {
    this.#found = new StoreController(host);
  }

  /** Searches at this client's server from now on; without one, messages cannot be searched. */
  use(client: ChatClient | undefined): void {
    this.#store = client === undefined ? null : createSearchStore(client);
    this.#found.attach(this.#store?.$search ?? null);
  }

  get found(): SearchState | undefined {
    return this.#found.value;
  }

  /** Titles by the list, messages by the search; the archive is searched by its titles alone. */
  async find({ query, archived }: Intents['cp-search']): Promise<void> {
    await Promise.all([
      this.stores()?.loadChats(query, { archived }),
      this.#store?.search(archived ? '' : query),
    ]);
  }

  async loadMore(): Promise<void> {
    await this.#store?.loadMore();
  }
}
