import { LitElement, html, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { findFootnote, showRemoteImage } from '../../markdown/enrich.js';
import { FramePacer } from '../../markdown/frame-pacer.js';
import { MarkdownView } from '../../markdown/markdown-view.js';
import { codeColours } from './code-colours.styles.js';
import { styles } from './cp-markdown.styles.js';

/**
 * Markdown as a model writes it: safe, and cheap while it grows. Give `text` the whole text so far
 * each time; what is drawn already is kept, with the reader's selection in it.
 *
 * @prop text markdown; the whole of it, also while streaming
 * @attr streaming the text is still growing; taking it away settles the document's end
 * @csspart content the rendered document
 */
export class CpMarkdown extends LitElement {
  static override styles = [styles, codeColours];

  @property({ attribute: false }) text = '';
  @property({ type: Boolean }) streaming = false;

  @query('.content') private readonly content!: HTMLElement;

  readonly #localize = new LocalizeController(this);
  readonly #pacer = new FramePacer(() => this.#view?.update(this.text));
  #view: MarkdownView | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pacer.cancel();
  }

  override render(): TemplateResult {
    return html`<div class="content" part="content" @click=${this.#handleClick}></div>`;
  }

  /** The text as it is read, without markdown's marks. */
  get plainText(): string {
    return this.content.innerText;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('text') && !changed.has('streaming')) return;
    this.#view ??= new MarkdownView(this.content, {
      showImage: (host) => this.#localize.term('showImage', { host }),
      footnote: (label) => this.#localize.term('footnote', { label }),
      taskDone: this.#localize.term('taskDone'),
      taskOpen: this.#localize.term('taskOpen'),
    });
    if (this.streaming) {
      // Stays when the text has ended: to lay out all of a long one at once would block the page.
      this.content.classList.add('grown');
      this.#pacer.request();
      return;
    }
    this.#pacer.cancel();
    this.#view.finish(this.text);
  }

  #handleClick(event: Event): void {
    const target = event.target as Element;
    const holder = target.closest('.remote-image');
    if (holder !== null && target.localName === 'button') showRemoteImage(holder);
    if (target.matches('.footnote-ref > button')) this.#showFootnote(target);
  }

  #showFootnote(button: Element): void {
    const note = findFootnote(this.content, button);
    if (note === null) return;
    note.tabIndex = -1;
    note.focus({ preventScroll: true });
    note.scrollIntoView({ block: 'nearest' });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-markdown': CpMarkdown;
  }
}
