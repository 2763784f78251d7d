import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { deepActiveElement, focusableWithin, keepTabInside } from '../../controllers/focus-trap.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { emitIntent } from '../../events/intents.js';
import { icon } from '../../icons/icons.js';
import { base, buttons } from '../../themes/controls.js';
import { styles } from './cp-frame.styles.js';

/** Widths of the element, in CSS pixels, below which a side lies over the conversation. */
const HISTORY_NEEDS_PX = 760;
const PARAMETERS_NEED_PX = 1_080;

type Side = 'history' | 'parameters';

/**
 * Chats at the start side, the conversation in the middle, parameters at the end side. Where the
 * element (not the window: it may sit in any box) is too narrow, a side becomes a drawer: it keeps
 * the focus while it is open, gives it back, and closes on Escape or a click beside it.
 *
 * @attr history-open
 * @attr parameters-open
 * @attr main whether the conversation is the page's main landmark
 * @fires cp-hide with the side to close
 * @slot - the conversation
 * @slot history
 * @slot parameters
 * @csspart history
 * @csspart conversation
 * @csspart parameters
 */
export class CpFrame extends LitElement {
  static override styles = [base, buttons, styles];

  @property({ type: Boolean, attribute: 'history-open' }) historyOpen = false;
  @property({ type: Boolean, attribute: 'parameters-open' }) parametersOpen = false;
  @property({ type: Boolean }) main = false;
  /** Room there is, in CSS pixels; kept by the element itself. */
  @property({ attribute: false }) width = Infinity;

  @query('.side.drawer[data-open]') private readonly drawer?: HTMLElement | null;

  readonly #localize = new LocalizeController(this);
  readonly #resize = new ResizeObserver(([entry]) => {
    this.width = entry?.contentRect.width ?? this.width;
  });
  #returnFocusTo: HTMLElement | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    // Measured at once: whoever asks whether a side is a drawer must not wait for a frame.
    this.width = this.getBoundingClientRect().width || Infinity;
    this.#resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
  }

  /** Whether that side lies over the conversation when it is open. */
  isDrawer(side: Side): boolean {
    return this.width < (side === 'history' ? HISTORY_NEEDS_PX : PARAMETERS_NEED_PX);
  }

  override render(): TemplateResult {
    const open = this.#openDrawer;
    return html`
      ${this.#renderSide('history', this.historyOpen)}
      <div
        class="centre"
        part="conversation"
        role=${this.main ? 'main' : 'region'}
        aria-label=${this.#localize.term('conversationLabel')}
        ?inert=${open !== null}
      >
        <slot></slot>
      </div>
      ${
        open === null
          ? nothing
          : html`<div
              class="scrim"
              @click=${() => emitIntent(this, 'cp-hide', { panel: open })}
            ></div>`
      }
      ${this.#renderSide('parameters', this.parametersOpen)}
    `;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const isOpening = this.drawer == null && this.#openDrawer !== null;
    if (!isOpening || !this.hasUpdated || changed.has('width')) return;
    const active = deepActiveElement();
    this.#returnFocusTo = active instanceof HTMLElement ? active : null;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('historyOpen') && !changed.has('parametersOpen')) return;
    if (this.drawer != null) {
      focusableWithin(this.drawer)[0]?.focus();
    } else if (this.#returnFocusTo !== null) {
      this.#returnFocusTo.focus();
      this.#returnFocusTo = null;
    }
  }

  get #openDrawer(): Side | null {
    if (this.historyOpen && this.isDrawer('history')) return 'history';
    if (this.parametersOpen && this.isDrawer('parameters')) return 'parameters';
    return null;
  }

  #renderSide(side: Side, isOpen: boolean): TemplateResult {
    const term = this.#localize.term.bind(this.#localize);
    const isHistory = side === 'history';
    const isDrawer = this.isDrawer(side);
    const isModal = this.#openDrawer === side;
    const heading = term(isHistory ? 'appName' : 'parameters');
    const close = term(isHistory ? 'closeHistory' : 'closeParameters');
    return html`<div
      class="side ${side} ${isDrawer ? 'drawer' : ''}"
      part=${side}
      role=${isModal ? 'dialog' : isHistory ? 'navigation' : 'complementary'}
      aria-modal=${isModal ? 'true' : nothing}
      aria-label=${term(isHistory ? 'chats' : 'modelAndParameters')}
      ?data-open=${isOpen}
      ?inert=${this.#openDrawer !== null && !isModal}
      @keydown=${isModal ? this.#handleKeydown : nothing}
    >
      <div class="bar">
        <h2>${heading}</h2>
        <button
          class="icon-button"
          type="button"
          aria-label=${close}
          title=${close}
          @click=${() => emitIntent(this, 'cp-hide', { panel: side })}
        >
          ${icon(isHistory ? 'sidebar' : 'close')}
        </button>
      </div>
      <div class="rest"><slot name=${side}></slot></div>
    </div>`;
  }

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    const side = this.#openDrawer;
    if (side === null || this.drawer == null) return;
    keepTabInside(this.drawer, event);
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    emitIntent(this, 'cp-hide', { panel: side });
  };
}
