import { LitElement, css, html, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { base, buttons } from '../../themes/controls.js';
import type { CpDialog } from '../cp-dialog/cp-dialog.js';

/** What is asked before something is done that cannot be undone. */
export interface Question {
  heading: string;
  text: string;
  /** What the button that goes on says. */
  action: string;
}

const styles = css`
  p {
    margin: 0 0 var(--cp-space-5);
    color: var(--cp-color-text-muted);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--cp-space-2);
  }
  .danger {
    border-color: transparent;
    background: var(--cp-color-danger);
    color: var(--cp-color-bg);
  }
  .danger:hover:not(:disabled) {
    background: color-mix(in srgb, var(--cp-color-danger) 88%, var(--cp-color-text));
  }
`;

/** Asks before something is done that cannot be undone. The focus is on the way out. */
export class CpConfirm extends LitElement {
  static override styles = [base, buttons, styles];

  @state() private question: Question = { heading: '', text: '', action: '' };
  @query('cp-dialog') private readonly dialog!: CpDialog;
  @query('.cancel') private readonly cancel!: HTMLElement;

  readonly #localize = new LocalizeController(this);
  #answer: (isWanted: boolean) => void = () => undefined;

  override render(): TemplateResult {
    const { heading, text, action } = this.question;
    return html`<cp-dialog heading=${heading} @close=${() => this.#answer(false)}>
      <p>${text}</p>
      <div class="row">
        <button class="button cancel" type="button" @click=${() => this.#settle(false)}>
          ${this.#localize.term('cancel')}
        </button>
        <button class="button danger" type="button" @click=${() => this.#settle(true)}>
          ${action}
        </button>
      </div>
    </cp-dialog>`;
  }

  /** @returns whether to go on; closing it in any other way means no */
  async ask(question: Question): Promise<boolean> {
    this.#answer(false);
    this.question = question;
    await this.updateComplete;
    await this.dialog.show();
    this.cancel.focus();
    return new Promise((resolve) => (this.#answer = resolve));
  }

  #settle(isWanted: boolean): void {
    this.#answer(isWanted);
    this.dialog.close();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-confirm': CpConfirm;
  }
}
