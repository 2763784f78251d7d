import type { Chat, ChatsState, SearchState } from '@chat-playground/sdk';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { focusableWithin } from '../../controllers/focus-trap.js';
import { ListFocus } from '../../controllers/list-focus.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { NearEndController } from '../../controllers/near-end-controller.js';
import { emitIntent } from '../../events/intents.js';
import { icon } from '../../icons/icons.js';
import { base, buttons, skeletons } from '../../themes/controls.js';
import type { CpSearchBox } from '../cp-search-box/cp-search-box.js';
import { styles } from './cp-history.styles.js';
import { groupChats, groupId, type ChatGroup, type ChatGroupKey } from './group-chats.js';
import { renderFailure, renderNoChats, renderNothingFound } from './list-notices.js';
import { loadSearchElements } from './load-search-elements.js';

const SKELETON_ROWS = [0, 1, 2, 3, 4, 5, 6, 7];
/** So many chats stand above the messages that were found; a button shows the others. */
const FEW_CHATS = 4;

/**
 * The list of chats, by date, with a search in chats and messages, a button for a new chat, and the
 * archive as another list. The next page is asked for as the end of the list comes near; a button
 * does the same where that cannot be observed.
 *
 * @attr offline the server cannot be reached
 * @fires cp-new-chat
 * @fires cp-search after a pause in typing, and to go to the archive and back
 * @fires cp-load-more
 * @fires cp-retry with `chats`
 */
export class CpHistory extends LitElement {
  static override styles = [base, buttons, skeletons, styles];

  @property({ attribute: false }) chats?: ChatsState;
  /** The messages that were found; undefined where only titles can be searched. */
  @property({ attribute: false }) found?: SearchState;
  @property({ type: Boolean }) offline = false;
  /** Id of the chat that is shown; null for an empty one. */
  @property({ attribute: false }) currentChatId: string | null = null;

  @state() private isShowingAllFound = false;
  @query('.more') private readonly more?: HTMLElement | null;
  @query('cp-search-box') private readonly searchBox?: CpSearchBox | null;
  @query('.list') private readonly list?: HTMLElement | null;

  readonly #localize = new LocalizeController(this);
  readonly #focus = new ListFocus(
    () => this.shadowRoot,
    () => [...this.renderRoot.querySelectorAll<HTMLElement>('cp-chat-item')],
  );

  constructor() {
    super();
    new NearEndController(this, {
      end: () => this.more,
      scroller: () => this.list,
      loadMore: this.#loadMore,
    });
  }

  override render(): TemplateResult {
    const isArchive = this.#isArchive;
    return html`
      <div class="top">
        ${isArchive ? this.#renderArchiveHead() : this.#renderNewChat()} ${this.#renderSearch()}
      </div>
      <div class="list" aria-busy=${this.chats?.status === 'loading'}>${this.#renderList()}</div>
      ${isArchive || this.chats?.query !== '' ? nothing : this.#renderArchiveLink()}
    `;
  }

  get #isArchive(): boolean {
    return this.chats?.archived === true;
  }

  #renderNewChat(): TemplateResult {
    return html`<button
      class="button new"
      type="button"
      @click=${() => emitIntent(this, 'cp-new-chat', {})}
    >
      ${icon('pencil-square')} ${this.#localize.term('newChat')}
    </button>`;
  }

  #renderArchiveHead(): TemplateResult {
    const back = this.#localize.term('backToChats');
    return html`<div class="archive-head">
      <button
        class="icon-button back"
        type="button"
        aria-label=${back}
        title=${back}
        @click=${() => void this.#go(false)}
      >
        ${icon('chevron-left')}
      </button>
      <h3>${this.#localize.term('archivedChats')}</h3>
    </div>`;
  }

  #renderArchiveLink(): TemplateResult {
    return html`<button
      class="button archive-link"
      type="button"
      @click=${() => void this.#go(true)}
    >
      ${icon('archive')} ${this.#localize.term('archivedChats')}
    </button>`;
  }

  #renderSearch(): TemplateResult {
    return html`<cp-search-box
      placeholder=${this.#localize.term('search')}
      label=${this.#localize.term(this.#isArchive ? 'searchArchived' : 'searchEverything')}
      @focusin=${this.#prepareSearch}
      @search=${this.#handleSearch}
      @leave=${this.#focusFirstFound}
    ></cp-search-box>`;
  }

  protected override willUpdate(): void {
    this.#focus.remember();
  }

  protected override updated(): void {
    this.#focus.restore(this.searchBox ?? null);
  }

  #renderList(): TemplateResult {
    const state = this.chats;
    if (state === undefined || (state.chats.length === 0 && isUnfinished(state))) {
      return html`${SKELETON_ROWS.map(() => html`<div class="skeleton"></div>`)}`;
    }
    if (state.status === 'error' && state.chats.length === 0)
      return renderFailure(this, this.#localize);
    if (state.query !== '' && !state.archived && this.found !== undefined) {
      return this.#renderFound(state, this.found);
    }
    if (state.chats.length === 0) return renderNoChats(state, this.#localize);
    const groups = groupChats(state.chats, new Date());
    return html`${repeat(
      groups,
      (group) => groupId(group.key),
      (group) => this.#renderGroup(group),
    )}
    ${state.hasMore ? this.#renderMore(state) : nothing}`;
  }

  #renderGroup({ key, chats }: ChatGroup): TemplateResult {
    return this.#renderSection(groupId(key), this.#groupName(key), this.#renderChats(chats));
  }

  #renderSection(name: string, heading: string, content: TemplateResult): TemplateResult {
    const id = `group-${name}`;
    return html`<section aria-labelledby=${id}>
      <h3 id=${id}>${heading}</h3>
      ${content}
    </section>`;
  }

  #renderChats(chats: readonly Chat[]): TemplateResult {
    return html`<ul>
      ${repeat(
        chats,
        (chat) => chat.chat_id,
        (chat) =>
          html`<li>
            <cp-chat-item
              .chat=${chat}
              .query=${this.chats?.query ?? ''}
              ?current=${chat.chat_id === this.currentChatId}
            ></cp-chat-item>
          </li>`,
      )}
    </ul>`;
  }

  /** Chats whose title matches, and below them the messages that do. */
  #renderFound(state: ChatsState, found: SearchState): TemplateResult {
    const isNothing = found.status === 'ready' && found.messages.length === 0;
    if (isNothing && state.chats.length === 0)
      return renderNothingFound(state.query, this.#localize);
    const { chats } = state;
    const shown = this.isShowingAllFound ? chats : chats.slice(0, FEW_CHATS);
    const isMore = shown.length < chats.length;
    const term = this.#localize.term.bind(this.#localize);
    const titles = html`${this.#renderChats(shown)}
    ${
      isMore
        ? html`<button
            class="link show-all"
            type="button"
            @click=${() => (this.isShowingAllFound = true)}
          >
            ${term('showAll')}
          </button>`
        : nothing
    }
    ${!isMore && state.hasMore ? this.#renderMore(state) : nothing}`;
    const hits = html`<cp-message-hits
      .search=${found}
      .scroller=${this.list ?? null}
      ?offline=${this.offline}
    ></cp-message-hits>`;
    return html`${chats.length === 0 ? nothing : this.#renderSection('chats', term('chats'), titles)}
    ${isNothing ? nothing : this.#renderSection('messages', term('messagesFound'), hits)}`;
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

  readonly #loadMore = (): void => {
    if (this.chats?.hasMore !== true || this.chats.status !== 'ready') return;
    emitIntent(this, 'cp-load-more', {});
  };

  /** Fetched while someone still types. A failure leaves the titles. */
  readonly #prepareSearch = (): void => {
    loadSearchElements().catch(() => undefined);
  };

  readonly #focusFirstFound = (): void => {
    const [first] = this.list ? focusableWithin(this.list) : [];
    first?.focus();
  };

  readonly #handleSearch = ({ detail: query }: CustomEvent<string>): void => {
    this.isShowingAllFound = false;
    this.#prepareSearch();
    emitIntent(this, 'cp-search', { query, archived: this.#isArchive });
  };

  /** To the archive, or back from it. The button that led there is gone afterwards. */
  async #go(archived: boolean): Promise<void> {
    this.searchBox?.reset();
    emitIntent(this, 'cp-search', { query: '', archived });
    await this.updateComplete;
    // The list answers through the page around; by the next frame it has.
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const next = archived ? '.back' : '.archive-link';
    this.renderRoot.querySelector<HTMLElement>(next)?.focus();
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
