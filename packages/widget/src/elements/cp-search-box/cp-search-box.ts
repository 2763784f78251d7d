import { LitElement, html, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { isOfInputMethod } from '../../controllers/input-method.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { icon } from '../../icons/icons.js';
import { base, buttons, fields } from '../../themes/controls.js';
import { styles } from './cp-search-box.styles.js';

/** A pause in typing that is worth asking the server about. */
const SEARCH_PAUSE_MS = 200;

/**
 * Where a search is typed. Enter searches at once, Escape empties it.
 *
 * @attr label its name for screen readers
 * @attr placeholder what is seen while it is empty
 * @fires search after a pause in typing, with the trimmed query as `detail`
 * @fires leave when the arrow down asks for what was found
 */
export class CpSearchBox extends LitElement {
  static override styles = [base, buttons, fields, styles];

  @property() label = '';
  @property() placeholder = '';

  @state() private query = '';
  @query('input') private readonly input?: HTMLInputElement | null;

  readonly #localize = new LocalizeController(this);
  #timer: ReturnType<typeof setTimeout> | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopTimer();
  }

  override render(): TemplateResult {
    return html`<div class="search" role="search">
      ${icon('search')}
      <input
        type="search"
        aria-label=${this.label}
        placeholder=${this.placeholder}
        .value=${this.query}
        @input=${this.#handleInput}
        @keydown=${this.#handleKeydown}
      />
      <button
        class="icon-button small clear"
        type="button"
        aria-label=${this.#localize.term('clearSearch')}
        ?hidden=${this.query === ''}
        @click=${this.#clear}
      >
        ${icon('close')}
      </button>
    </div>`;
  }

  override focus(options?: FocusOptions): void {
    this.input?.focus(options);
  }

  /** Empties it without searching. */
  reset(): void {
    this.#stopTimer();
    this.query = '';
  }

  readonly #handleInput = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value;
    this.#stopTimer();
    this.#timer = setTimeout(() => this.#search(), SEARCH_PAUSE_MS);
  };

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    if (isOfInputMethod(event)) return;
    if (event.key === 'Enter') this.#search();
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      this.dispatchEvent(new CustomEvent('leave'));
    }
    if (event.key === 'Escape' && this.query !== '') {
      event.preventDefault();
      event.stopPropagation();
      this.#clear();
    }
  };

  readonly #clear = (): void => {
    this.query = '';
    this.focus();
    this.#search();
  };

  #search(): void {
    this.#stopTimer();
    this.dispatchEvent(new CustomEvent('search', { detail: this.query.trim() }));
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-search-box': CpSearchBox;
  }
}
