import type { Vote, VoteDetails } from '@chat-playground/sdk';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { handleFormKeys } from '../../controllers/handle-form-keys.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { icon } from '../../icons/icons.js';
import { base, buttons, fields } from '../../themes/controls.js';
import { styles } from './cp-vote-reasons.styles.js';
import { REASONS, reasonText } from './vote-reasons.js';

/** As many characters as the server takes. */
const MAX_COMMENT_LENGTH = 2_000;

/**
 * Where a reader can say why they voted as they did: labels to choose from and words of their own.
 * Nothing of it is needed: Escape and a button leave it. Ctrl or Cmd + Enter saves.
 *
 * @attr {'upvote' | 'downvote'} vote
 * @prop details what was said before, if anything was
 * @fires save with the reasons as `detail`
 * @fires cancel
 */
export class CpVoteReasons extends LitElement {
  static override styles = [base, buttons, fields, styles];

  @property() vote: Vote = 'upvote';
  @property({ attribute: false }) details: VoteDetails | undefined;

  @state() private tags: readonly string[] = [];
  @query('textarea') private readonly textarea!: HTMLTextAreaElement;

  readonly #localize = new LocalizeController(this);

  override render(): TemplateResult {
    const term = this.#localize.term.bind(this.#localize);
    const question = term(this.vote === 'upvote' ? 'voteWhyGood' : 'voteWhyBad');
    return html`<form
      aria-labelledby="question"
      @submit=${this.#handleSubmit}
      @keydown=${this.#handleKeydown}
    >
      <div class="top">
        <span id="question" class="question">${question}</span>
        <button
          class="icon-button small"
          type="button"
          aria-label=${term('close')}
          @click=${this.#cancel}
        >
          ${icon('close')}
        </button>
      </div>
      <div class="chips" role="group" aria-label=${term('voteReasons')}>
        ${this.#choices.map((reason) => this.#renderChip(reason))}
      </div>
      <textarea
        rows="1"
        dir="auto"
        maxlength=${MAX_COMMENT_LENGTH}
        aria-label=${term('voteComment')}
        placeholder=${term('voteComment')}
      ></textarea>
      <div class="row">
        <button class="button small" type="button" @click=${this.#cancel}>
          ${term('voteSkip')}
        </button>
        <button class="button small primary" type="submit">${term('save')}</button>
      </div>
    </form>`;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('vote')) this.tags = this.details?.tags ?? [];
  }

  protected override firstUpdated(): void {
    this.textarea.value = this.details?.comment ?? '';
  }

  /** Moves the focus to the first label. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.chip')?.focus(options);
  }

  /** The usual ones, and those another program gave this vote. */
  get #choices(): readonly string[] {
    const usual = REASONS[this.vote];
    return [...usual, ...(this.details?.tags ?? []).filter((tag) => !usual.includes(tag))];
  }

  #renderChip(reason: string): TemplateResult {
    const isChosen = this.tags.includes(reason);
    return html`<button
      class="chip"
      type="button"
      aria-pressed=${isChosen}
      @click=${() => this.#toggle(reason)}
    >
      ${isChosen ? icon('check') : nothing} ${reasonText(reason, this.#localize)}
    </button>`;
  }

  #toggle(reason: string): void {
    this.tags = this.tags.includes(reason)
      ? this.tags.filter((tag) => tag !== reason)
      : [...this.tags, reason];
  }

  readonly #handleKeydown = (event: KeyboardEvent): void =>
    handleFormKeys(event, { cancel: this.#cancel, save: () => this.#save() });

  readonly #handleSubmit = (event: Event): void => {
    event.preventDefault();
    this.#save();
  };

  #save(): void {
    const detail: VoteDetails = { tags: [...this.tags], comment: this.textarea.value.trim() };
    this.dispatchEvent(new CustomEvent('save', { detail }));
  }

  readonly #cancel = (): void => {
    this.dispatchEvent(new CustomEvent('cancel'));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-vote-reasons': CpVoteReasons;
  }
}
