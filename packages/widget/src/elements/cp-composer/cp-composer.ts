import { MAX_MESSAGE_LENGTH } from '@chat-playground/sdk';
import { LitElement, html, isServer, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { isOfInputMethod } from '../../controllers/input-method.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { emitIntent } from '../../events/intents.js';
import { icon } from '../../icons/icons.js';
import { base, buttons } from '../../themes/controls.js';
import { styles } from './cp-composer.styles.js';
import { Drafts } from './drafts.js';

/** From here on the characters left are shown. */
const COUNT_FROM_LENGTH = MAX_MESSAGE_LENGTH * 0.95;
/** A draft is kept once typing pauses: writing 200,000 characters on every key would be felt. */
const DRAFT_PAUSE_MS = 300;

/** The `chat-key` of a chat that has not been sent yet. */
export const NEW_CHAT_KEY = 'new';

/**
 * Where a message is written. Enter sends, Shift + Enter makes a line; on a touch keyboard Enter
 * makes a line and the button sends. Drafts are kept for each chat until the tab is closed.
 *
 * @attr chat-key id of the chat whose draft is shown; `new` for one without an id
 * @attr busy a reply is being written: the button stops it
 * @attr disabled nothing can be sent now; typing goes on
 * @attr placeholder
 * @fires cp-send with the text, trimmed
 * @fires cp-stop
 * @csspart box
 */
export class CpComposer extends LitElement {
  static override styles = [base, buttons, styles];

  @property({ attribute: 'chat-key' }) chatKey = NEW_CHAT_KEY;
  @property({ type: Boolean }) busy = false;
  @property({ type: Boolean }) disabled = false;
  @property() placeholder = '';

  @state() private isEmpty = true;
  @state() private charactersLeft = MAX_MESSAGE_LENGTH;
  @query('textarea') private readonly textarea?: HTMLTextAreaElement | null;

  readonly #localize = new LocalizeController(this);
  readonly #drafts = new Drafts();
  #draftTimer: ReturnType<typeof setTimeout> | null = null;
  #sentFrom: string | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('pagehide', this.#handlePageHide);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('pagehide', this.#handlePageHide);
    this.#keepDraft();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('chatKey')) this.#changeChat(changed.get('chatKey'));
  }

  override render(): TemplateResult {
    return html`<form
      class="box"
      part="box"
      @submit=${this.#handleSubmit}
      @click=${this.#handleBoxClick}
    >
      <label class="visually-hidden" for="text">${this.#localize.term('messageLabel')}</label>
      <textarea
        id="text"
        rows="1"
        enterkeyhint=${isTouchKeyboard() ? 'enter' : 'send'}
        @focus=${() => this.requestUpdate()}
        placeholder=${this.placeholder || this.#localize.term('messagePlaceholder')}
        aria-describedby="count"
        @input=${this.#handleInput}
        @keydown=${this.#handleKeydown}
      ></textarea>
      ${this.#renderCount()} ${this.busy ? this.#renderStop() : this.#renderSend()}
    </form>`;
  }

  override focus(options?: FocusOptions): void {
    this.textarea?.focus(options);
  }

  /** Puts a text back that could not be sent, unless something else was typed meanwhile. */
  restore(text: string): void {
    if (this.textarea?.value !== '') return;
    this.#show(text);
    this.#keepDraft();
  }

  #renderCount(): TemplateResult {
    const left = this.charactersLeft;
    const isNear = left <= MAX_MESSAGE_LENGTH - COUNT_FROM_LENGTH;
    const text =
      left < 0
        ? this.#localize.term('charactersOver', { count: -left })
        : this.#localize.term('charactersLeft', { count: left });
    return html`<span
      id="count"
      class=${classMap({ count: true, over: left < 0 })}
      aria-live="polite"
      ?hidden=${!isNear}
      >${isNear ? text : nothing}</span
    >`;
  }

  #renderSend(): TemplateResult {
    const term = this.#localize.term('send');
    return html`<button
      class="action"
      type="submit"
      aria-label=${term}
      title=${term}
      ?disabled=${!this.#canSend}
    >
      ${icon('arrow-up')}
    </button>`;
  }

  #renderStop(): TemplateResult {
    const term = this.#localize.term('stop');
    return html`<button
      class="action"
      type="button"
      aria-label=${term}
      title=${term}
      @click=${() => emitIntent(this, 'cp-stop', {})}
    >
      ${icon('stop')}
    </button>`;
  }

  get #canSend(): boolean {
    return !this.disabled && !this.busy && !this.isEmpty && this.charactersLeft >= 0;
  }

  readonly #handleSubmit = (event: Event): void => {
    event.preventDefault();
    this.#send();
  };

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey) return;
    if (isOfInputMethod(event)) return;
    // On a phone Enter is the only way to a new line, and the button is right there.
    const isPlainEnter = !event.ctrlKey && !event.metaKey;
    if (isPlainEnter && isTouchKeyboard()) return;
    event.preventDefault();
    this.#send();
  };

  #send(): void {
    if (!this.#canSend || !this.textarea) return;
    const text = this.textarea.value.trim();
    this.#show('');
    this.#keepDraft();
    this.#sentFrom = this.chatKey === NEW_CHAT_KEY ? NEW_CHAT_KEY : null;
    emitIntent(this, 'cp-send', { text });
  }

  readonly #handleInput = (): void => {
    this.#measure();
    if (this.#draftTimer !== null) clearTimeout(this.#draftTimer);
    this.#draftTimer = setTimeout(() => this.#keepDraft(), DRAFT_PAUSE_MS);
  };

  readonly #handleBoxClick = (event: MouseEvent): void => {
    if (event.target === event.currentTarget) this.focus();
  };

  #changeChat(left: string | undefined): void {
    const wasNamedBySending = left !== undefined && left === this.#sentFrom;
    this.#sentFrom = null;
    if (wasNamedBySending) {
      // Still the same chat, which now has an id: what is being typed stays where it is.
      this.#drafts.write(left, '');
      this.#keepDraft();
      return;
    }
    if (left !== undefined && this.#draftTimer !== null) this.#keepDraft(left);
    this.#show(this.#drafts.read(this.chatKey));
  }

  #show(text: string): void {
    if (!this.textarea) return;
    this.textarea.value = text;
    this.#measure();
  }

  #measure(): void {
    const { textarea } = this;
    if (!textarea) return;
    this.charactersLeft = MAX_MESSAGE_LENGTH - textarea.value.length;
    this.isEmpty = !/\S/.test(textarea.value);
    if (CSS.supports('field-sizing', 'content')) return;
    textarea.style.blockSize = 'auto';
    textarea.style.blockSize = `${textarea.scrollHeight}px`;
  }

  #keepDraft(chatKey = this.chatKey): void {
    if (this.#draftTimer !== null) clearTimeout(this.#draftTimer);
    this.#draftTimer = null;
    if (this.textarea) this.#drafts.write(chatKey, this.textarea.value);
  }

  readonly #handlePageHide = (): void => this.#keepDraft();
}

/** Where Enter is the only way to a new line, and the button to send with is near the thumb. */
function isTouchKeyboard(): boolean {
  return !isServer && matchMedia('(hover: none) and (pointer: coarse)').matches;
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-composer': CpComposer;
  }
}
