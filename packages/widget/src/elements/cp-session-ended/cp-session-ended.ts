import { LitElement, html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { emitIntent } from '../../events/intents.js';
import { icon } from '../../icons/icons.js';
import { base, buttons } from '../../themes/controls.js';
import { styles } from './cp-session-ended.styles.js';

/**
 * What stands in place of the chat when the page holds the session and has no token that works:
 * there is no form to sign in with, as signing in is the page's business.
 *
 * @attr ended there was a session before
 * @fires cp-retry with `session`
 */
export class CpSessionEnded extends LitElement {
  static override styles = [base, buttons, styles];

  @property({ type: Boolean }) ended = false;

  readonly #localize = new LocalizeController(this);

  override render(): TemplateResult {
    const term = this.#localize.term.bind(this.#localize);
    return html`<div class="card" role="status">
      <div class="mark">${icon('clock')}</div>
      <h1>${term(this.ended ? 'sessionEnded' : 'notSignedIn')}</h1>
      <p>${term(this.ended ? 'sessionEndedText' : 'notSignedInText')}</p>
      <button
        class="button primary"
        type="button"
        @click=${() => emitIntent(this, 'cp-retry', { what: 'session' })}
      >
        ${icon('refresh')} ${term('retry')}
      </button>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-session-ended': CpSessionEnded;
  }
}
