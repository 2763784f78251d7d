import { MAX_MESSAGE_LENGTH } from '@chat-playground/sdk';
import { LitElement, html, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { handleFormKeys } from '../../controllers/handle-form-keys.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { base, buttons } from '../../themes/controls.js';
import { styles } from './cp-message-editor.styles.js';

/**
 * Where a message that was sent is changed. Ctrl or Cmd + Enter sends, Escape leaves it as it was.
 *
 * @prop text the message as it is
 * @fires save with the new text as `detail`, trimmed and not empty
 * @fires cancel
 */
export class CpMessageEditor extends LitElement {
  static override styles = [base, buttons, styles];

  @property({ attribute: false }) text = '';

  @state() private isEmpty = false;
  @query('textarea') private readonly textarea!: HTMLTextAreaElement;

  readonly #localize = new LocalizeController(this);

  override render(): TemplateResult {
    return html`<form @submit=${this.#handleSubmit} @keydown=${this.#handleKeydown}>
      <textarea
        aria-label=${this.#localize.term('editMessage')}
        aria-describedby="hint"
        maxlength=${MAX_MESSAGE_LENGTH}
        .value=${this.text}
        @input=${this.#handleInput}
      ></textarea>
      <div class="row">
        <p class="hint" id="hint">${this.#localize.term('editHint')}</p>
        <button class="button small" type="button" @click=${this.#cancel}>
          ${this.#localize.term('cancel')}
        </button>
        <button class="button small primary" type="submit" ?disabled=${this.isEmpty}>
          ${this.#localize.term('saveAndSend')}
        </button>
      </div>
    </form>`;
  }

  protected override firstUpdated(): void {
    this.textarea.focus();
    this.textarea.setSelectionRange(this.text.length, this.text.length);
  }

  readonly #handleInput = (): void => {
    this.isEmpty = this.textarea.value.trim() === '';
  };

  readonly #handleKeydown = (event: KeyboardEvent): void =>
    handleFormKeys(event, { cancel: this.#cancel, save: () => this.#save() });

  readonly #handleSubmit = (event: Event): void => {
    event.preventDefault();
    this.#save();
  };

  #save(): void {
    const detail = this.textarea.value.trim();
    if (detail !== '') this.dispatchEvent(new CustomEvent('save', { detail }));
  }

  readonly #cancel = (): void => {
    this.dispatchEvent(new CustomEvent('cancel'));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-message-editor': CpMessageEditor;
  }
}
