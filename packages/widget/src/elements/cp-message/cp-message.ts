import type { Message, PartialReply, Vote, VoteDetails } from '@chat-playground/sdk';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { emitIntent, type IntentEvent } from '../../events/intents.js';
import { icon } from '../../icons/icons.js';
import { base, buttons } from '../../themes/controls.js';
import type { CpMarkdown } from '../cp-markdown/cp-markdown.js';
import type { CpMessageActions } from '../cp-message-actions/cp-message-actions.js';
import { hasNote } from '../cp-message-note/cp-message-note.js';
import { summarise } from '../cp-vote-reasons/vote-reasons.js';
import { styles } from './cp-message.styles.js';

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
 * @fires cp-edit
 * @fires cp-explain-vote
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
  @state() private isExplaining = false;
  @query('article > cp-markdown') private readonly markdown!: CpMarkdown | null;
  @query('cp-message-actions') private readonly actions!: CpMessageActions | null;

  readonly #localize = new LocalizeController(this);
  /** What was said before, if the form is to change it. */
  #reasonsBefore: VoteDetails | undefined;
  /** What was said and could not be saved, for the form to begin with when that vote is shown. */
  #unsaved: { vote: Vote | null; details: VoteDetails } | null = null;

  /** Moves the focus to the control that leads to another version of this message. */
  async focusStep(direction: 'previous' | 'next'): Promise<void> {
    await this.updateComplete;
    await this.actions?.focusStep(direction);
  }

  /** Drawn with its text, unless that was drawn a moment ago. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const isComplete = await super.getUpdateComplete();
    await this.markdown?.updateComplete;
    return isComplete;
  }

  override render(): TemplateResult {
    const isUser = this.message.role === 'user';
    const label = this.#localize.term(isUser ? 'you' : 'assistant');
    return html`<article class=${this.message.role} part="message" aria-label=${label}>
      ${this.#renderBody(isUser)} ${this.#renderFooter()}
      ${this.isExplaining ? this.#renderReasons() : nothing}
    </article>`;
  }

  get #isOpen(): boolean {
    return this.message.status === 'pending' || this.message.status === 'streaming';
  }

  #renderBody(isUser: boolean): TemplateResult {
    if (this.message.deleted_at !== undefined) {
      return html`<p class="deleted" part="note">${this.#localize.term('messageDeleted')}</p>`;
    }
    return isUser ? this.#renderOwn() : this.#renderReply();
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
      ${hasNote(this.message) ? this.#renderNote(text + reasoning) : nothing}`;
  }

  #renderNote(above: string): TemplateResult {
    return html`<cp-message-note
      .message=${this.message}
      ?busy=${this.busy}
      ?first=${above === ''}
    ></cp-message-note>`;
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

  #renderFooter(): TemplateResult | typeof nothing {
    if (this.plain || this.isEditing || this.#isOpen) return nothing;
    const { role, deleted_at } = this.message;
    const isReply = role === 'assistant' && deleted_at === undefined;
    return html`<footer part="footer">
      <cp-message-actions
        .message=${this.message}
        .plainText=${this.#plainText}
        ?busy=${this.busy}
        ?votable=${this.votable}
        @edit-message=${this.#handleEdit}
        @cp-vote=${this.#handleVote}
        @keydown=${this.#handleActionsKeydown}
      ></cp-message-actions>
      ${isReply ? html`<cp-reply-details .message=${this.message}></cp-reply-details>` : nothing}
      ${isReply && !this.isExplaining ? this.#renderReasonsGiven() : nothing}
    </footer>`;
  }

  /** Why the reader voted as they did, which opens the form it was said in. */
  #renderReasonsGiven(): TemplateResult | typeof nothing {
    const { vote, vote_details: details } = this.message;
    const reasons = details === undefined ? '' : summarise(details, this.#localize);
    if (vote === null || reasons === '' || !this.votable) return nothing;
    const label = this.#localize.term('voteEdit', { reasons });
    return html`<button
      class="reasons"
      type="button"
      aria-label=${label}
      title=${label}
      @click=${this.#handleExplain}
    >
      <span>${reasons}</span>${icon('edit')}
    </button>`;
  }

  #renderReasons(): TemplateResult | typeof nothing {
    const { vote } = this.message;
    if (vote === null) return nothing;
    const unsaved = this.#unsaved?.vote === vote ? this.#unsaved.details : undefined;
    return html`<cp-vote-reasons
      vote=${vote}
      .details=${unsaved ?? this.#reasonsBefore}
      @save=${this.#handleReasons}
      @cancel=${this.#handleNoReasons}
    ></cp-vote-reasons>`;
  }

  readonly #plainText = (): string => this.markdown?.plainText ?? this.message.content;

  /** Another vote than the one there is, and not its taking back, may want a word of why. */
  readonly #handleVote = ({ detail: { vote } }: IntentEvent<'cp-vote'>): void => {
    this.isExplaining = vote !== this.message.vote;
    this.#reasonsBefore = undefined;
    if (this.isExplaining) this.actions?.announce(this.#localize.term('voteAsked'));
  };

  readonly #handleActionsKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.isExplaining) return;
    event.preventDefault();
    event.stopPropagation();
    this.#handleNoReasons();
  };

  readonly #handleExplain = async (): Promise<void> => {
    this.#reasonsBefore = this.message.vote_details;
    this.isExplaining = true;
    await this.updateComplete;
    const reasons = this.renderRoot.querySelector('cp-vote-reasons');
    await reasons?.updateComplete;
    reasons?.focus();
  };

  readonly #handleReasons = ({ detail: details }: CustomEvent<VoteDetails>): void => {
    const { message_id: messageId, vote } = this.message;
    const isSaid =
      this.#reasonsBefore !== undefined || details.tags.length > 0 || details.comment !== '';
    this.#unsaved = null;
    const restore = (): void => {
      this.#unsaved = { vote, details };
      // Where the vote failed as well, the form comes with the next one.
      this.isExplaining ||= this.message.vote === vote;
    };
    if (isSaid) emitIntent(this, 'cp-explain-vote', { messageId, details, restore });
    void this.#stopExplaining();
  };

  readonly #handleNoReasons = (): void => {
    this.#unsaved = null;
    void this.#stopExplaining();
  };

  readonly #stopExplaining = async (): Promise<void> => {
    this.isExplaining = false;
    await this.updateComplete;
    await this.actions?.focusVote();
  };

  readonly #handleEdit = (): void => {
    this.isEditing = true;
  };

  readonly #handleCancel = async (): Promise<void> => {
    this.isEditing = false;
    await this.updateComplete;
    void this.actions?.focusEdit();
  };

  readonly #handleSave = ({ detail: text }: CustomEvent<string>): void => {
    this.isEditing = false;
    if (text === this.message.content) return;
    emitIntent(this, 'cp-edit', { messageId: this.message.message_id, text });
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
