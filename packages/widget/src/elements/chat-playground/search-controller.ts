import {
  createSearchStore,
  type ChatClient,
  type SearchState,
  type SearchStore,
} from '@chat-playground/sdk';
import type { ReactiveControllerHost } from 'lit';
import { StoreController } from '../../controllers/store-controller.js';

/** The search through messages, and what it found. */
export class SearchController {
  readonly #found: StoreController<SearchState>;
  #store: SearchStore | null = null;

  constructor(host: ReactiveControllerHost) {
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

  /** @param query empty to forget what was found */
  async search(query: string): Promise<void> {
    await this.#store?.search(query);
  }

  async loadMore(): Promise<void> {
    await this.#store?.loadMore();
  }
}
