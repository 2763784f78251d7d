import type { Message, PartialReply } from '@chat-playground/sdk';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { emitIntent } from '../../events/intents.js';
import { icon } from '../../icons/icons.js';
import { base, buttons } from '../../themes/controls.js';
import type { CpMarkdown } from '../cp-markdown/cp-markdown.js';
import { styles } from './cp-message.styles.js';
import { RetryCountdown } from './retry-countdown.js';

const MS_PER_SECOND = 1000;
/** A message of one's own longer than this, in UTF-16 units or lines, is folded. */
const FOLD_LENGTH = 1200;
const FOLD_LINES = 14;

/**
 * One message: the user's as it was typed, a reply as rendered markdown in whatever state it is.
 *
 * @prop message
 * @prop partial the text of this reply so far, while it is being written
 * @attr busy a reply is being written somewhere in the chat: nothing that would start another
 * @attr votable replies can be voted on
 * @attr latest its actions are shown without hovering
 * @attr plain no actions: the message is on its way to the server
 * @fires cp-copy
 * @fires cp-edit
 * @fires cp-regenerate
 * @csspart message
 * @csspart footer
 */
export class CpMessage extends LitElement {
  static override styles = [base, buttons, styles];

  @property({ attribute: false }) message!: Message;
  @property({ attribute: false }) partial: PartialReply | null = null;
  @property({ type: Boolean }) busy = false;
  @property({ type: Boolean }) votable = false;
  @property({ type: Boolean, reflect: true }) latest = false;
  @property({ type: Boolean }) plain = false;

  @state() private isEditing = false;
  @state() private isUnfolded = false;
  @query('article > cp-markdown') private readonly markdown!: CpMarkdown | null;

  readonly #localize = new LocalizeController(this);
  readonly #countdown = new RetryCountdown(this);

  override render(): TemplateResult {
    const isUser = this.message.role === 'user';
    const label = this.#localize.term(isUser ? 'you' : 'assistant');
    return html`<article class=${this.message.role} part="message" aria-label=${label}>
      ${isUser ? this.#renderOwn() : this.#renderReply()} ${this.#renderFooter()}
    </article>`;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('message')) return;
    const { error, created_at } = this.message;
    const wait = error?.retry_after;
    if (wait !== undefined) this.#countdown.countTo(Date.parse(created_at) + wait * MS_PER_SECOND);
  }

  get #isOpen(): boolean {
    return this.message.status === 'pending' || this.message.status === 'streaming';
  }

  #renderOwn(): TemplateResult {
    const { content } = this.message;
    if (this.isEditing) {
      return html`<cp-message-editor
        .text=${content}
        @save=${this.#handleSave}
        @cancel=${this.#handleCancel}
      ></cp-message-editor>`;
    }
    const isLong =
      content.length > FOLD_LENGTH || content.split('\n', FOLD_LINES).length === FOLD_LINES;
    const isFolded = isLong && !this.isUnfolded;
    return html`<div
        class=${isFolded ? 'bubble folded' : 'bubble'}
        part="bubble"
        dir="auto"
        .textContent=${content}
      ></div>
      ${isLong ? this.#renderUnfold() : nothing}`;
  }

  #renderUnfold(): TemplateResult {
    return html`<button
      class="link unfold"
      type="button"
      aria-expanded=${this.isUnfolded}
      @click=${this.#handleUnfold}
    >
      ${this.#localize.term(this.isUnfolded ? 'showLess' : 'showAll')}
    </button>`;
  }

  #renderReply(): TemplateResult {
    const text = this.partial?.content ?? this.message.content;
    const reasoning = this.partial?.reasoning ?? this.message.reasoning;
    const isWaiting = this.#isOpen && text === '' && reasoning === '';
    return html`${reasoning === '' ? nothing : this.#renderReasoning(reasoning, text === '')}
      ${isWaiting ? this.#renderTyping() : nothing}
      <cp-markdown
        part="text"
        .text=${text}
        ?streaming=${this.#isOpen}
        ?hidden=${text === ''}
      ></cp-markdown>
      ${this.#renderNote(text)}`;
  }

  #renderReasoning(reasoning: string, isThinking: boolean): TemplateResult {
    const term = this.#isOpen && isThinking ? 'thinking' : 'reasoning';
    return html`<details class="reasoning" part="reasoning">
      <summary>${icon('chevron-right')}${this.#localize.term(term)}</summary>
      <cp-markdown .text=${reasoning} ?streaming=${this.#isOpen}></cp-markdown>
    </details>`;
  }

  #renderTyping(): TemplateResult {
    const label = this.#localize.term('writingReply');
    return html`<span class="typing" role="img" aria-label=${label}><i></i><i></i><i></i></span>`;
  }

  #renderNote(text: string): TemplateResult | typeof nothing {
    switch (this.message.status) {
      case 'pending':
      case 'streaming':
        return nothing;
      case 'complete':
        return text === '' ? this.#renderQuiet(this.#localize.term('emptyReply')) : nothing;
      case 'stopped':
        return this.#renderQuiet(this.#localize.term('replyStopped'));
      case 'interrupted':
        return this.#renderProblem('note', this.#localize.term('replyInterrupted'));
      case 'error':
        return this.#renderProblem(
          'note error',
          this.message.error?.message ?? this.#localize.term('replyFailed'),
        );
    }
  }

  #renderQuiet(text: string): TemplateResult {
    return html`<p class="note" part="note">${text}</p>`;
  }

  #renderProblem(className: string, text: string): TemplateResult {
    const seconds = this.#countdown.secondsLeft;
    const label =
      seconds > 0
        ? this.#localize.term('retryIn', { count: seconds })
        : this.#localize.term('retry');
    return html`<div class=${className} part="note">
      ${icon('alert')}<span>${text}</span>
      <button
        class="button small"
        type="button"
        ?disabled=${this.busy || seconds > 0}
        @click=${this.#handleRetry}
      >
        ${label}
      </button>
    </div>`;
  }

  #renderFooter(): TemplateResult | typeof nothing {
    if (this.plain || this.isEditing || this.#isOpen) return nothing;
    const isReply = this.message.role === 'assistant';
    return html`<footer part="footer">
      <cp-message-actions
        .message=${this.message}
        ?busy=${this.busy}
        ?votable=${this.votable}
        @copy-message=${this.#handleCopy}
        @edit-message=${this.#handleEdit}
      ></cp-message-actions>
      ${isReply ? html`<cp-reply-details .message=${this.message}></cp-reply-details>` : nothing}
    </footer>`;
  }

  readonly #handleCopy = ({ detail: format }: CustomEvent<'text' | 'markdown'>): void => {
    const { message_id: messageId, content } = this.message;
    const text = format === 'text' ? (this.markdown?.plainText ?? content) : content;
    emitIntent(this, 'cp-copy', { messageId, format, text });
  };

  readonly #handleEdit = (): void => {
    this.isEditing = true;
  };

  readonly #handleCancel = async (): Promise<void> => {
    this.isEditing = false;
    await this.updateComplete;
    this.renderRoot.querySelector('cp-message-actions')?.focusEdit();
  };

  readonly #handleSave = ({ detail: text }: CustomEvent<string>): void => {
    this.isEditing = false;
    if (text === this.message.content) return;
    emitIntent(this, 'cp-edit', { messageId: this.message.message_id, text });
  };

  readonly #handleRetry = (): void => {
    emitIntent(this, 'cp-regenerate', { messageId: this.message.message_id });
  };

  readonly #handleUnfold = (): void => {
    this.isUnfolded = !this.isUnfolded;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-message': CpMessage;
  }
}
