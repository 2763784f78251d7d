import { LitElement, html, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { icon } from '../../icons/icons.js';
import { base, buttons, surfaces } from '../../themes/controls.js';
import { styles } from './cp-dialog.styles.js';

/**
 * A sheet over the page. The browser keeps the focus inside while it is open, gives it back
 * afterwards, and closes it on Escape; so does a click beside it.
 *
 * @attr heading the sheet's title and name
 * @fires close
 * @slot - what it holds
 */
export class CpDialog extends LitElement {
  static override styles = [base, buttons, surfaces, styles];

  @property() heading = '';
  @query('dialog') private readonly dialog?: HTMLDialogElement | null;

  readonly #localize = new LocalizeController(this);

  override render(): TemplateResult {
    return html`<dialog
      class="surface"
      aria-labelledby="heading"
      @click=${this.#handleClick}
      @keydown=${this.#handleKeydown}
      @close=${() => this.dispatchEvent(new Event('close'))}
    >
      <div class="body">
        <header>
          <h2 id="heading">${this.heading}</h2>
          <button
            class="icon-button"
            type="button"
            aria-label=${this.#localize.term('close')}
            @click=${this.close}
          >
            ${icon('close')}
          </button>
        </header>
        <div class="content"><slot></slot></div>
      </div>
    </dialog>`;
  }

  get isOpen(): boolean {
    return this.dialog?.open === true;
  }

  async show(): Promise<void> {
    await this.updateComplete;
    if (!this.isOpen) this.dialog?.showModal();
  }

  readonly close = (): void => {
    this.dialog?.close();
  };

  /** The backdrop belongs to the dialog; everything inside belongs to its body. */
  readonly #handleClick = (event: MouseEvent): void => {
    if (event.target === this.dialog) this.close();
  };

  /** The browser closes it; no one around may take the same key for something else. */
  readonly #handleKeydown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') event.stopPropagation();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-dialog': CpDialog;
  }
}
