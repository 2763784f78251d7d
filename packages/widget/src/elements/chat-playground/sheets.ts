import { html, type LitElement, type TemplateResult } from 'lit';
import type { Localization } from '../../i18n/localization.js';
import type { Question } from '../cp-confirm/cp-confirm.js';
import type { CpDialog } from '../cp-dialog/cp-dialog.js';
import { loadSheets } from './load-sheets.js';

/** What opens over the widget: two sheets and a question. Fetched when one is first wanted. */
export class Sheets {
  constructor(
    private readonly host: LitElement,
    /** Says that something could not be fetched. */
    private readonly tellOffline: () => void,
  ) {}

  render(words: Localization): TemplateResult {
    return html`
      <cp-dialog id="shortcuts" heading=${words.term('keyboardShortcuts')}>
        <cp-shortcuts></cp-shortcuts>
      </cp-dialog>
      <cp-dialog id="connect" heading=${words.term('connectTitle')}>
        <cp-connect-help></cp-connect-help>
      </cp-dialog>
      <cp-confirm></cp-confirm>
    `;
  }

  async show(name: 'shortcuts' | 'connect'): Promise<void> {
    if (!(await this.#load())) return;
    await this.host.renderRoot.querySelector<CpDialog>(`#${name}`)?.show();
  }

  /** @returns whether it is wanted; false too when nobody can be asked */
  async ask(question: Question): Promise<boolean> {
    if (!(await this.#load())) return false;
    return (await this.host.renderRoot.querySelector('cp-confirm')?.ask(question)) ?? false;
  }

  /** @returns whether they are there; when they cannot be fetched, that is said */
  async #load(): Promise<boolean> {
    try {
      await loadSheets();
      return true;
    } catch {
      this.tellOffline();
      return false;
    }
  }
}
