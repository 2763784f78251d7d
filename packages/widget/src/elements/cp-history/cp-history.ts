import type { ChatsState } from '@chat-playground/sdk';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { emitIntent } from '../../events/intents.js';
import { icon } from '../../icons/icons.js';
import { base, buttons, fields, skeletons } from '../../themes/controls.js';
import { styles } from './cp-history.styles.js';
import { groupChats, groupId, type ChatGroup, type ChatGroupKey } from './group-chats.js';

/** A pause in typing that is worth asking the server about. */
const SEARCH_PAUSE_MS = 200;
const SKELETON_ROWS = [0, 1, 2, 3, 4, 5, 6, 7];

/**
 * The list of chats, by date, with search and a button for a new one. The next page is asked for
 * as the end of the list comes near; a button does the same where that cannot be observed.
 *
 * @fires cp-new-chat
 * @fires cp-search after a pause in typing
 * @fires cp-load-more
 * @fires cp-retry with `chats`
 */
export class CpHistory extends LitElement {
  static override styles = [base, buttons, fields, skeletons, styles];

  @property({ attribute: false }) chats?: ChatsState;
  /** Id of the chat that is shown; null for an empty one. */
  @property({ attribute: false }) currentChatId: string | null = null;

  @state() private query = '';
  @query('.more') private readonly more?: HTMLElement | null;
  @query('.list') private readonly list?: HTMLElement | null;

  readonly #localize = new LocalizeController(this);
  #searchTimer: ReturnType<typeof setTimeout> | null = null;
  #nearEnd: IntersectionObserver | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopSearchTimer();
    this.#nearEnd?.disconnect();
    this.#nearEnd = null;
  }

  override render(): TemplateResult {
    const term = this.#localize.term.bind(this.#localize);
    return html`
      <div class="top">
        <button
          class="button new"
          type="button"
          @click=${() => emitIntent(this, 'cp-new-chat', {})}
        >
          ${icon('pencil-square')} ${term('newChat')}
        </button>
        <div class="search" role="search">
          ${icon('search')}
          <input
            type="search"
            aria-label=${term('searchChats')}
            placeholder=${term('searchChats')}
            .value=${this.query}
            @input=${this.#handleSearch}
            @keydown=${this.#handleSearchKeydown}
          />
          <button
            class="icon-button small clear"
            type="button"
            aria-label=${term('clearSearch')}
            ?hidden=${this.query === ''}
            @click=${this.#clearSearch}
          >
            ${icon('close')}
          </button>
        </div>
      </div>
      <div class="list" aria-busy=${this.chats?.status === 'loading'}>${this.#renderList()}</div>
    `;
  }

  protected override updated(_changed: PropertyValues): void {
    this.#nearEnd?.disconnect();
    if (!this.more || !this.list) return;
    // Two screens ahead, so that the next page is there before it is looked for.
    this.#nearEnd = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting === true) this.#loadMore();
      },
      { root: this.list, rootMargin: '0px 0px 200% 0px' },
    );
    this.#nearEnd.observe(this.more);
  }

  #renderList(): TemplateResult {
    const state = this.chats;
    if (state === undefined || (state.chats.length === 0 && isUnfinished(state))) {
      return html`${SKELETON_ROWS.map(() => html`<div class="skeleton"></div>`)}`;
    }
    if (state.status === 'error' && state.chats.length === 0) return this.#renderError();
    if (state.chats.length === 0) return this.#renderEmpty(state.query);
    const groups = groupChats(state.chats, new Date());
    return html`${repeat(
      groups,
      (group) => groupId(group.key),
      (group) => this.#renderGroup(group),
    )}
    ${state.hasMore ? this.#renderMore(state) : nothing}`;
  }

  #renderGroup(group: ChatGroup): TemplateResult {
    const id = `group-${groupId(group.key)}`;
    return html`<section aria-labelledby=${id}>
      <h3 id=${id}>${this.#groupName(group.key)}</h3>
      <ul>
        ${repeat(
          group.chats,
          (chat) => chat.chat_id,
          (chat) =>
            html`<li>
              <cp-chat-item
                .chat=${chat}
                ?current=${chat.chat_id === this.currentChatId}
              ></cp-chat-item>
            </li>`,
        )}
      </ul>
    </section>`;
  }

  #groupName(key: ChatGroupKey): string {
    if (typeof key === 'string') return this.#localize.term(key);
    return this.#localize.date(key.month, { month: 'long', year: 'numeric' });
  }

  #renderMore(state: ChatsState): TemplateResult {
    const isLoading = state.status === 'loading';
    return html`<button
      class="button small more"
      type="button"
      ?disabled=${isLoading}
      @click=${this.#loadMore}
    >
      ${this.#localize.term(isLoading ? 'loading' : 'loadMore')}
    </button>`;
  }

  #renderEmpty(query: string): TemplateResult {
    return html`<p class="message">
      ${
        query === ''
          ? this.#localize.term('noChats')
          : this.#localize.term('noChatsFound', { query })
      }
    </p>`;
  }

  #renderError(): TemplateResult {
    return html`<div class="message" role="alert">
      ${this.#localize.term('chatsFailed')}
      <div>
        <button
          class="button small"
          type="button"
          @click=${() => emitIntent(this, 'cp-retry', { what: 'chats' })}
        >
          ${this.#localize.term('retry')}
        </button>
      </div>
    </div>`;
  }

  readonly #loadMore = (): void => {
    if (this.chats?.hasMore !== true || this.chats.status !== 'ready') return;
    emitIntent(this, 'cp-load-more', {});
  };

  readonly #handleSearch = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value;
    this.#stopSearchTimer();
    this.#searchTimer = setTimeout(() => this.#search(), SEARCH_PAUSE_MS);
  };

  readonly #handleSearchKeydown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'Enter') this.#search();
    if (event.key === 'Escape' && this.query !== '') {
      event.preventDefault();
      event.stopPropagation();
      this.#clearSearch();
    }
  };

  readonly #clearSearch = (): void => {
    this.query = '';
    this.renderRoot.querySelector('input')?.focus();
    this.#search();
  };

  #search(): void {
    this.#stopSearchTimer();
    emitIntent(this, 'cp-search', { query: this.query.trim() });
  }

  #stopSearchTimer(): void {
    if (this.#searchTimer !== null) clearTimeout(this.#searchTimer);
    this.#searchTimer = null;
  }
}

function isUnfinished(state: ChatsState): boolean {
  return state.status === 'idle' || state.status === 'loading';
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-history': CpHistory;
  }
}
