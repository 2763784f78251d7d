import type { MessageHit, SearchState } from '@chat-playground/sdk';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { NearEndController } from '../../controllers/near-end-controller.js';
import { emitIntent } from '../../events/intents.js';
import { errorText } from '../../i18n/error-text.js';
import { base, buttons, skeletons } from '../../themes/controls.js';
import { styles } from './cp-message-hits.styles.js';
import { findMatches } from './find-matches.js';
import { markedText, marks } from './marked-text.js';

const SKELETON_LINES = [0, 1, 2, 3, 4, 5];

/**
 * The messages a search found: each with the chat it is in, its date, and what matches marked, in both. The
 * next page is asked for as the end of the list comes near.
 *
 * @prop search
 * @attr offline the server cannot be reached
 * @fires cp-open-chat with the message to show
 * @fires cp-search-more
 * @fires cp-search to try again what failed
 */
export class CpMessageHits extends LitElement {
  static override styles = [base, buttons, skeletons, marks, styles];

  @property({ attribute: false }) search?: SearchState;
  @property({ type: Boolean }) offline = false;
  /** The element that scrolls, for knowing how near the end is; none leaves it to the button. */
  @property({ attribute: false }) scroller: Element | null = null;

  @query('.more') private readonly more?: HTMLElement | null;

  readonly #localize = new LocalizeController(this);

  constructor() {
    super();
    new NearEndController(this, {
      end: () => this.more,
      scroller: () => this.scroller,
      loadMore: this.#loadMore,
    });
  }

  override render(): TemplateResult {
    const { search } = this;
    const isUnfinished = search === undefined || search.status === 'loading';
    if (search?.status === 'error') return this.#renderError(search);
    if (search === undefined || search.messages.length === 0) {
      return isUnfinished
        ? html`${SKELETON_LINES.map(() => html`<div class="skeleton"></div>`)}`
        : html``;
    }
    return html`<ul>
        ${repeat(
          search.messages,
          (hit) => hit.message_id,
          (hit) => html`<li>${this.#renderHit(hit, search.query)}</li>`,
        )}
      </ul>
      ${search.hasMore ? this.#renderMore(isUnfinished) : nothing}`;
  }

  #renderHit(hit: MessageHit, query: string): TemplateResult {
    const { chat_id: chatId, message_id: messageId, snippet, ranges } = hit;
    const who = this.#localize.term(hit.role === 'user' ? 'you' : 'assistant');
    return html`<button
      class="hit"
      type="button"
      @click=${() => emitIntent(this, 'cp-open-chat', { chatId, messageId })}
    >
      <span class="line">
        <span class="title" dir="auto"
          >${
            hit.chat_title === null
              ? this.#localize.term('untitledChat')
              : markedText(hit.chat_title, findMatches(hit.chat_title, query))
          }</span
        >
        <time datetime=${hit.created_at}>${this.#date(hit.created_at)}</time>
      </span>
      <span class="snippet"
        ><span class="role">${who}: </span><bdi>${markedText(snippet, ranges)}</bdi></span
      >
    </button>`;
  }

  /** The day; with the year where it is another one. */
  #date(time: string): string {
    const isThisYear = new Date(time).getFullYear() === new Date().getFullYear();
    return this.#localize.date(time, {
      day: 'numeric',
      month: 'short',
      ...(!isThisYear && { year: 'numeric' }),
    });
  }

  #renderMore(isLoading: boolean): TemplateResult {
    return html`<button
      class="button small more"
      type="button"
      ?disabled=${isLoading}
      @click=${this.#loadMore}
    >
      ${this.#localize.term(isLoading ? 'loading' : 'loadMore')}
    </button>`;
  }

  #renderError({ query, error }: SearchState): TemplateResult {
    const { localization } = this.#localize;
    const why = error === null ? '' : errorText(error, localization);
    const isOffline = this.offline || error?.code === 'network';
    return html`<div class="message" role="alert">
      ${isOffline ? localization.term('searchOffline') : `${localization.term('searchFailed')} ${why}`}
      <button
        class="button small"
        type="button"
        @click=${() => emitIntent(this, 'cp-search', { query, archived: false })}
      >
        ${localization.term('retry')}
      </button>
    </div>`;
  }

  readonly #loadMore = (): void => {
    if (this.search?.hasMore !== true || this.search.status !== 'ready') return;
    emitIntent(this, 'cp-search-more', {});
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-message-hits': CpMessageHits;
  }
}
