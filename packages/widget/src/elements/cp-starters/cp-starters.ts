import { LitElement, html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { emitIntent } from '../../events/intents.js';
import type { PlainTerm } from '../../i18n/dictionary.js';
import { base, buttons } from '../../themes/controls.js';
import { styles } from './cp-starters.styles.js';

const STARTERS: readonly { title: PlainTerm; text: PlainTerm }[] = [
  { title: 'starterExplainTitle', text: 'starterExplain' },
  { title: 'starterCodeTitle', text: 'starterCode' },
  { title: 'starterCompareTitle', text: 'starterCompare' },
  { title: 'starterWriteTitle', text: 'starterWrite' },
];

/**
 * A few first messages for those who have none in mind.
 *
 * @attr disabled nothing can be sent now
 * @fires cp-send
 */
export class CpStarters extends LitElement {
  static override styles = [base, buttons, styles];

  @property({ type: Boolean }) disabled = false;

  readonly #localize = new LocalizeController(this);

  override render(): TemplateResult {
    return html`<ul aria-label=${this.#localize.term('startersLabel')}>
      ${STARTERS.map(({ title, text }) => this.#renderStarter(title, text))}
    </ul>`;
  }

  #renderStarter(title: PlainTerm, text: PlainTerm): TemplateResult {
    const message = this.#localize.term(text);
    return html`<li>
      <button
        type="button"
        ?disabled=${this.disabled}
        @click=${() => emitIntent(this, 'cp-send', { text: message })}
      >
        <strong>${this.#localize.term(title)}</strong>
        <span>${message}</span>
      </button>
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-starters': CpStarters;
  }
}
