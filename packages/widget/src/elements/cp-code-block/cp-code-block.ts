import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { copyText } from '../../clipboard/copy-text.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { emitIntent } from '../../events/intents.js';
import { icon, type IconName } from '../../icons/icons.js';
import { isDiagramLanguage } from '../../markdown/diagram-language.js';
import { highlight } from '../../markdown/highlight.js';
import { fillHighlighted } from '../../markdown/highlighted-code.js';
import { fileExtension, languageName } from '../../markdown/languages.js';
import { base, buttons } from '../../themes/controls.js';
import { styles } from './cp-code-block.styles.js';
import { DiagramController } from './diagram-controller.js';
import { isSelected } from './is-selected.js';

/** How long a button says that it has done its work. */
const CONFIRM_MS = 2000;
/** Code this near the screen is highlighted, or drawn, so that it is ready when scrolled to. */
const NEAR_MARGIN = '600px';

/**
 * The frame around a block of code: its language, and tools to copy, wrap and download it. The code
 * itself is `<pre><code>` in the slot, where selection and find-in-page reach it like any text. Once
 * closed, and near the screen, it is highlighted; a diagram is drawn, and its code a button away.
 *
 * @attr language what the fence calls its language
 * @attr closed the code will not grow any more
 * @attr wrap long lines are wrapped
 * @slot - `<pre><code>`
 * @csspart bar
 * @fires cp-toast when the clipboard refuses
 */
export class CpCodeBlock extends LitElement {
  static override styles = [base, buttons, styles];

  @property() language = '';
  @property({ type: Boolean }) closed = false;
  @property({ type: Boolean, reflect: true }) wrap = false;

  @state() private isCopied = false;

  readonly #localize = new LocalizeController(this);
  #observer: IntersectionObserver | null = null;
  readonly #diagram = new DiagramController(this);
  #confirmTimer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
    this.#observer = null;
    clearTimeout(this.#confirmTimer);
  }

  override render(): TemplateResult {
    const name =
      this.language === '' ? this.#localize.term('plainText') : languageName(this.language);
    return html`<div class="bar" part="bar">
        <span class="language">${name}</span>
        ${this.#diagram.drawn === null ? nothing : this.#renderSwitch()}
        ${
          this.#diagram.isShown
            ? nothing
            : this.#renderTool(
                'wrap',
                this.#localize.term('wrapLines'),
                this.#handleWrap,
                this.wrap,
              )
        }
        ${this.#renderTool('download', this.#localize.term('downloadCode'), this.#handleDownload)}
        ${this.#renderTool(
          this.isCopied ? 'check' : 'copy',
          this.#localize.term(this.isCopied ? 'copied' : 'copyCode'),
          this.#handleCopy,
        )}
      </div>
      ${this.#renderDiagram()}
      <slot ?hidden=${this.#diagram.isShown}></slot>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const code = this.#code;
    if (code === null) return;
    const pre = code.parentElement;
    pre?.setAttribute('aria-label', this.#localize.term('codeLabel', { language: this.language }));
    pre?.setAttribute('role', 'group');
    if (changed.has('closed') && this.closed && this.language !== '') this.#prepareWhenNear();
  }

  get #code(): HTMLElement | null {
    return this.querySelector('code');
  }

  #renderTool(
    name: IconName,
    label: string,
    handleClick: () => void,
    isPressed?: boolean,
  ): TemplateResult {
    const pressed = isPressed === undefined ? null : String(isPressed);
    return html`<button
      class=${name === 'check' ? 'icon-button small done' : 'icon-button small'}
      type="button"
      aria-label=${label}
      title=${label}
      .ariaPressed=${pressed}
      @click=${handleClick}
    >
      ${icon(name)}
    </button>`;
  }

  #renderSwitch(): TemplateResult {
    const { isShown } = this.#diagram;
    return html`<button class="switch" type="button" @click=${this.#handleSwitch}>
      ${this.#localize.term(isShown ? 'showCode' : 'showDiagram')}
    </button>`;
  }

  #renderDiagram(): TemplateResult | typeof nothing {
    const { drawn, isShown } = this.#diagram;
    if (drawn === null || !isShown) return nothing;
    const { svg, title } = drawn;
    const label =
      title === ''
        ? this.#localize.term('diagramLabel')
        : this.#localize.term('diagramTitled', { title });
    return html`<cp-diagram .drawing=${svg} .label=${label}></cp-diagram>`;
  }

  #prepareWhenNear(): void {
    this.#observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        this.#observer?.disconnect();
        this.#observer = null;
        if (isDiagramLanguage(this.language)) void this.#diagram.draw();
        else void this.#highlight();
      },
      { rootMargin: NEAR_MARGIN },
    );
    this.#observer.observe(this);
  }

  async #highlight(): Promise<void> {
    const code = this.#code;
    const source = code?.textContent ?? '';
    // A language that cannot be loaded (offline, blocked) costs the colours only.
    const highlighted = await highlight(source, this.language).catch(() => null);
    if (code === null || highlighted === null || code.textContent !== source) return;
    if (!isSelected(code)) fillHighlighted(code, highlighted);
    this.dispatchEvent(new Event('cp-highlighted', { bubbles: true, composed: true }));
  }

  readonly #handleSwitch = (): void => {
    this.#diagram.toggle();
  };

  readonly #handleWrap = (): void => {
    this.wrap = !this.wrap;
  };

  readonly #handleCopy = async (): Promise<void> => {
    if (!(await copyText(this.#code?.textContent ?? ''))) {
      emitIntent(this, 'cp-toast', { text: this.#localize.term('copyFailed'), kind: 'error' });
      return;
    }
    this.isCopied = true;
    clearTimeout(this.#confirmTimer);
    this.#confirmTimer = setTimeout(() => (this.isCopied = false), CONFIRM_MS);
  };

  readonly #handleDownload = (): void => {
    const file = new Blob([this.#code?.textContent ?? ''], { type: 'text/plain' });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = `code.${fileExtension(this.language)}`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-code-block': CpCodeBlock;
  }
}
