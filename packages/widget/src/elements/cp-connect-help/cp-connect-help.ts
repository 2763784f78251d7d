import { LitElement, css, html, type TemplateResult } from 'lit';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { base } from '../../themes/controls.js';

/** How to connect a real model where only the demo model answers. */
export class CpConnectHelp extends LitElement {
  static override styles = [
    base,
    css`
      p {
        margin: 0 0 var(--cp-space-3);
      }
      ul {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--cp-space-3);
        margin: 0;
        padding-inline-start: 1.25rem;
      }
      pre {
        margin: var(--cp-space-2) 0 0;
        padding: 0.625rem 0.75rem;
        border-radius: var(--cp-radius-s);
        background: var(--cp-color-code-bg);
        font-family: var(--cp-font-mono);
        font-size: var(--cp-font-size-s);
        overflow: auto;
        direction: ltr;
        text-align: left;
      }
    `,
  ];

  readonly #localize = new LocalizeController(this);

  override render(): TemplateResult {
    const term = this.#localize.term.bind(this.#localize);
    return html`<p>${term('connectIntro')}</p>
      <ul>
        <li>${term('connectLocal')}</li>
        <li>
          ${term('connectKey')}
          <pre tabindex="0">
OPENAI_API_KEY=… npm start
TYPHOON_API_KEY=… npm start</pre>
        </li>
        <li>
          ${term('connectCompatible')}
          <pre tabindex="0">
OPENAI_BASE_URL=http://localhost:8000/v1 OPENAI_API_KEY=… npm start</pre>
        </li>
      </ul>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-connect-help': CpConnectHelp;
  }
}
