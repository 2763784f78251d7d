import { LitElement, html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { base } from '../../themes/controls.js';
import { styles } from './cp-welcome.styles.js';

/**
 * What an empty chat says.
 *
 * @attr name whom to greet; nobody when empty
 */
export class CpWelcome extends LitElement {
  static override styles = [base, styles];

  @property() name = '';

  readonly #localize = new LocalizeController(this);

  override render(): TemplateResult {
    return html`
      <h1>
        ${
          this.name === ''
            ? this.#localize.term('welcome')
            : this.#localize.term('welcomeName', { name: this.name })
        }
      </h1>
      <p>${this.#localize.term('welcomeText')}</p>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-welcome': CpWelcome;
  }
}
