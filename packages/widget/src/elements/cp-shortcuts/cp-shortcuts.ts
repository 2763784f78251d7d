import { LitElement, css, html, type TemplateResult } from 'lit';
import { LocalizeController } from '../../controllers/localize-controller.js';
import type { PlainTerm } from '../../i18n/dictionary.js';
import { base } from '../../themes/controls.js';

/** What the root element and the composer listen for. */
const SHORTCUTS: readonly { keys: readonly string[]; does: PlainTerm }[] = [
  { keys: ['/'], does: 'shortcutComposer' },
  { keys: ['Ctrl', 'Shift', 'O'], does: 'shortcutNewChat' },
  { keys: ['Enter'], does: 'shortcutSend' },
  { keys: ['Shift', 'Enter'], does: 'shortcutNewLine' },
  { keys: ['Esc'], does: 'shortcutEscape' },
  { keys: ['?'], does: 'shortcutHelp' },
];

/** The list of keyboard shortcuts. */
export class CpShortcuts extends LitElement {
  static override styles = [
    base,
    css`
      dl {
        display: grid;
        grid-template-columns: 1fr auto;
        align-items: center;
        gap: 0.625rem var(--cp-space-4);
        margin: var(--cp-space-2) 0 0;
      }
      dd {
        display: flex;
        gap: 0.25rem;
        margin: 0;
        direction: ltr;
      }
      kbd {
        min-inline-size: 1.625rem;
        padding: 0.125rem 0.4375rem;
        border: 1px solid var(--cp-color-border);
        border-block-end-width: 2px;
        border-radius: var(--cp-radius-s);
        background: var(--cp-color-surface);
        font-family: inherit;
        font-size: var(--cp-font-size-s);
        text-align: center;
      }
    `,
  ];

  readonly #localize = new LocalizeController(this);

  override render(): TemplateResult {
    const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
    const name = (key: string): string => (key === 'Ctrl' && isMac ? '⌘' : key);
    return html`<dl>
      ${SHORTCUTS.map(
        ({ keys, does }) =>
          html`<dt>${this.#localize.term(does)}</dt>
            <dd>${keys.map((key) => html`<kbd>${name(key)}</kbd>`)}</dd>`,
      )}
    </dl>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-shortcuts': CpShortcuts;
  }
}
