import { LitElement, html, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { handleFormKeys } from '../../controllers/handle-form-keys.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { base, buttons, fields } from '../../themes/controls.js';
import { isSameName } from '../cp-presets/preset-state.js';
import { styles } from './cp-preset-name.styles.js';

/** As many characters as the server takes. */
const MAX_NAME_LENGTH = 100;

/**
 * Where a preset is given its name. Enter saves, Escape leaves it.
 *
 * @attr name what it is called now
 * @prop taken names of other presets, which saving would overwrite
 * @fires save with the name as `detail`, trimmed and not empty
 * @fires cancel
 */
export class CpPresetName extends LitElement {
  static override styles = [base, buttons, fields, styles];

  @property() name = '';
  @property({ attribute: false }) taken: readonly string[] = [];

  @state() private typed = '';
  @query('input') private readonly input!: HTMLInputElement;

  readonly #localize = new LocalizeController(this);

  override render(): TemplateResult {
    const term = this.#localize.term.bind(this.#localize);
    const isTaken = this.taken.some((name) => isSameName(name, this.typed));
    return html`<form @submit=${this.#handleSubmit} @keydown=${this.#handleKeydown}>
      <input
        type="text"
        autocomplete="off"
        dir="auto"
        maxlength=${MAX_NAME_LENGTH}
        aria-label=${term('presetName')}
        aria-describedby="note"
        placeholder=${term('presetName')}
        @input=${() => (this.typed = this.input.value)}
      />
      <p id="note" role="status" ?hidden=${!isTaken}>${isTaken ? term('presetNameTaken') : ''}</p>
      <div class="buttons">
        <button class="button small" type="button" @click=${this.#cancel}>${term('cancel')}</button>
        <button class="button small primary" type="submit" ?disabled=${this.typed.trim() === ''}>
          ${term('save')}
        </button>
      </div>
    </form>`;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('name')) this.typed = this.name;
  }

  protected override firstUpdated(): void {
    this.input.value = this.name;
  }

  override focus(): void {
    this.input.focus();
    this.input.select();
  }

  readonly #handleKeydown = (event: KeyboardEvent): void =>
    handleFormKeys(event, { cancel: this.#cancel });

  readonly #handleSubmit = (event: Event): void => {
    event.preventDefault();
    const detail = this.input.value.trim();
    if (detail !== '') this.dispatchEvent(new CustomEvent('save', { detail }));
  };

  readonly #cancel = (): void => {
    this.dispatchEvent(new CustomEvent('cancel'));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-preset-name': CpPresetName;
  }
}
