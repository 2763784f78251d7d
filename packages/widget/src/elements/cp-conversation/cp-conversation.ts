import type { Message, PartialReply } from '@chat-playground/sdk';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { emitIntent } from '../../events/intents.js';
import { icon } from '../../icons/icons.js';
import { FramePacer } from '../../markdown/frame-pacer.js';
import { base, buttons } from '../../themes/controls.js';
import type { CpMessage } from '../cp-message/cp-message.js';
import { styles } from './cp-conversation.styles.js';
import { intrinsicHeight } from './intrinsic-height.js';
import { KeptPlace } from './keep-place.js';
import { messageOnItsWay, replyOnItsWay } from './message-on-its-way.js';
import { NearMessages } from './near-messages.js';
import { revealMessage } from './reveal-message.js';
import { StickToEnd } from './stick-to-end.js';

/** Older messages are asked for when the beginning of the list is this near. */
const LOAD_OLDER_MARGIN = '600px 0px 0px 0px';

/**
 * Least time between two paints of growing text, in milliseconds. Most of a paint's cost is the
 * browser's own, however little text was added. Text that is read in batches (see the SDK) comes
 * less often than this, and is painted when it comes.
 */
const TEXT_PAUSE_MS = 25;
/**
 * The part of the time that drawing growing text may take; painting it, which cannot be measured from
 * here, takes as much again.
 */
const TEXT_SHARE = 1 / 24;

/**
 * The messages of a chat, in a scroller of its own height. It stays at the end while the reader is
 * there, and keeps their place otherwise. The growing text of a reply goes past the list, straight
 * to the message it belongs to.
 *
 * @prop messages oldest first
 * @prop partial the text of the reply being written
 * @prop sending the message on its way to the server
 * @attr has-older older messages can be loaded
 * @attr votable replies can be voted on
 * @fires cp-load-older
 * @csspart scroller
 * @csspart jump
 */
export class CpConversation extends LitElement {
  static override styles = [base, buttons, styles];

  @property({ attribute: false }) messages: readonly Message[] = [];
  @property({ attribute: false }) partial: PartialReply | null = null;
  @property({ attribute: false }) sending: { text: string } | null = null;
  @property({ type: Boolean, attribute: 'has-older' }) hasOlder = false;
  @property({ type: Boolean }) votable = false;

  /** Messages that came while the reader was elsewhere in the list. */
  @state() private unseen = 0;
  @state() private announcement = '';
  /** A state of its own: else it would be shown only once the reply has ended. */
  @state() private isAtEnd = true;
  @query('.scroller') private readonly scroller!: HTMLElement | null;
  @query('.inner') private readonly inner!: HTMLElement | null;
  @query('.older') private readonly older!: HTMLElement | null;

  readonly #localize = new LocalizeController(this);
  readonly #end = new StickToEnd(this, (isAtEnd) => (this.isAtEnd = isAtEnd));
  readonly #near = new NearMessages(this);
  readonly #pacer = new FramePacer(() => this.#showPartial(), {
    pauseMs: TEXT_PAUSE_MS,
    largestShare: TEXT_SHARE,
  });
  #place: KeptPlace | null = null;
  #olderObserver: IntersectionObserver | null = null;
  #askedFrom: string | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pacer.cancel();
    this.#olderObserver?.disconnect();
    this.#olderObserver = null;
  }

  override render(): TemplateResult {
    return html`<div
        class="scroller"
        part="scroller"
        role="log"
        aria-live="off"
        aria-label=${this.#localize.term('conversationLabel')}
        tabindex="0"
        @scroll=${this.#handleScroll}
      >
        <div class="inner">${this.#renderContent()}</div>
      </div>
      ${this.#renderJump()}
      <div class="visually-hidden" role="status">${this.announcement}</div>`;
  }

  /** Goes to the newest message and stays there. */
  jumpToLatest(): void {
    this.unseen = 0;
    this.#end.jump();
  }

  /**
   * Brings a message into sight, marks it for a moment and gives it the focus.
   *
   * @returns whether it is among those that are loaded
   */
  async reveal(messageId: string): Promise<boolean> {
    await this.updateComplete;
    return revealMessage(() => this.#rowOf(messageId));
  }

  /** Moves the focus to the control of a message that leads to another version of it. */
  async focusStep(messageId: string, direction: 'previous' | 'next'): Promise<void> {
    await this.updateComplete;
    const row = this.#rowOf(messageId);
    if (row?.localName === 'cp-message') await (row as CpMessage).focusStep(direction);
  }

  /** A reply that only grew is drawn in its own message: the list has nothing to do. */
  protected override shouldUpdate(changed: PropertyValues<this>): boolean {
    const before = changed.get('partial');
    const hasOnlyGrown =
      changed.size === 1 &&
      before?.message_id !== undefined &&
      before.message_id === this.partial?.message_id;
    if (hasOnlyGrown) this.#pacer.request();
    return !hasOnlyGrown;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('partial')) this.#announce(changed.get('partial') ?? null);
    if (changed.has('messages')) this.#notice(changed.get('messages') ?? []);
    if (changed.has('sending') && this.sending !== null) this.jumpToLatest();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.scroller !== null && this.inner !== null) this.#end.attach(this.scroller, this.inner);
    this.#place?.restore();
    this.#place = null;
    if (changed.has('messages') || changed.has('sending')) this.#followIfAtEnd();
    this.#watchOlder();
  }

  #renderContent(): TemplateResult {
    return html`${this.#renderOlder()}
    ${repeat(
      this.#shown,
      (message) => message.message_id,
      (message, index) => this.#renderMessage(message, index),
    )}`;
  }

  /** The list, with what is on its way at the end. */
  get #shown(): readonly Message[] {
    if (this.sending === null) return this.messages;
    return [...this.messages, messageOnItsWay(this.sending.text), replyOnItsWay()];
  }

  get #isBusy(): boolean {
    const last = this.messages.at(-1);
    const isOpen = last?.status === 'pending' || last?.status === 'streaming';
    return isOpen || this.partial !== null || this.sending !== null;
  }

  #renderMessage(message: Message, index: number): TemplateResult {
    const { message_id: id, role, content } = message;
    const isOpen = this.partial?.message_id === id;
    const isOwn = role === 'user';
    const size = intrinsicHeight(this.#near.heightOf(id));
    if (!isOpen && !this.#near.has(index)) {
      return html`<div
        class=${classMap({ message: true, far: true, own: isOwn })}
        ${size}
        data-message-id=${id}
        dir="auto"
        .textContent=${content}
      ></div>`;
    }
    return html`<cp-message
      class=${classMap({ message: true, own: isOwn, open: isOpen })}
      ${size}
      data-message-id=${id}
      .message=${message}
      .partial=${isOpen ? this.partial : null}
      ?busy=${this.#isBusy}
      ?votable=${this.votable}
      ?latest=${index === this.#shown.length - 1}
      ?plain=${message.created_at === ''}
    ></cp-message>`;
  }

  #renderOlder(): TemplateResult | typeof nothing {
    if (!this.hasOlder) return nothing;
    return html`<div class="older">${this.#localize.term('loadingOlder')}</div>`;
  }

  #renderJump(): TemplateResult | typeof nothing {
    if (this.isAtEnd || this.messages.length === 0) return nothing;
    return html`<button class="jump" part="jump" type="button" @click=${this.#handleJump}>
      ${icon('arrow-down')} ${this.#localize.term('jumpToLatest')}
      ${this.#isBusy ? html`<span class="live"></span>` : nothing}
      ${this.unseen > 0 ? html`<span class="count">${this.unseen}</span>` : nothing}
    </button>`;
  }

  /** To the end in the same task: the browser then has one frame to make of both. */
  async #showPartial(): Promise<void> {
    const open = this.renderRoot.querySelector<CpMessage>('cp-message.open');
    if (open === null) return;
    open.partial = this.partial;
    await open.updateComplete;
    this.#end.follow();
  }

  /** Screen readers hear that a reply begins and ends, not every word of it. */
  #announce(before: PartialReply | null): void {
    if (before === null && this.partial !== null) {
      this.announcement = this.#localize.term('replyStarted');
    } else if (before !== null && this.partial === null) {
      this.announcement = this.#localize.term('replyFinished');
    }
  }

  #notice(before: readonly Message[]): void {
    const [first] = before;
    if (first === undefined || this.scroller === null) return this.#startOver();
    const firstIndex = this.messages.findIndex(({ message_id }) => message_id === first.message_id);
    if (firstIndex === -1) return this.#startOver();
    if (firstIndex > 0 && !this.#end.isAtEnd) {
      this.#place = KeptPlace.remember(this.scroller, this.#rows);
    }
    this.#near.shift(firstIndex);
    const added = this.messages.length - firstIndex - before.length;
    if (added > 0 && !this.#end.isAtEnd) this.unseen += added;
  }

  /** Another chat is shown: from its end. */
  #startOver(): void {
    this.#askedFrom = null;
    this.#near.startOver(this.messages);
    this.jumpToLatest();
  }

  #followIfAtEnd(): void {
    if (!this.#end.isAtEnd) return;
    this.unseen = 0;
    this.#end.jump();
  }

  #rowOf(messageId: string): HTMLElement | null {
    return this.#rows.find((row) => row.dataset.messageId === messageId) ?? null;
  }

  get #rows(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('.message')];
  }

  readonly #handleScroll = (): void => {
    if (this.scroller === null) return;
    const rows = this.#rows;
    const hasMoved = this.#near.follow(this.scroller, rows);
    if (hasMoved) this.#place = KeptPlace.remember(this.scroller, rows);
  };

  #watchOlder(): void {
    this.#olderObserver?.disconnect();
    this.#olderObserver = null;
    if (this.older === null) return;
    this.#olderObserver = new IntersectionObserver(this.#handleOlderSeen, {
      root: this.scroller,
      rootMargin: LOAD_OLDER_MARGIN,
    });
    this.#olderObserver.observe(this.older);
  }

  /** Asked once for each beginning of the list, however often it comes into sight. */
  readonly #handleOlderSeen = (entries: IntersectionObserverEntry[]): void => {
    const first = this.messages[0]?.message_id ?? null;
    const isSeen = entries.some((entry) => entry.isIntersecting);
    if (!isSeen || first === null || first === this.#askedFrom) return;
    this.#askedFrom = first;
    emitIntent(this, 'cp-load-older', {});
  };

  readonly #handleJump = (): void => {
    this.jumpToLatest();
    this.scroller?.focus({ preventScroll: true });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-conversation': CpConversation;
  }
}
