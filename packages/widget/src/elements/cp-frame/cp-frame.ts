import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { deepActiveElement, focusableWithin, keepTabInside } from '../../controllers/focus-trap.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { emitIntent } from '../../events/intents.js';
import { icon } from '../../icons/icons.js';
import { base, buttons } from '../../themes/controls.js';
import { styles } from './cp-frame.styles.js';

export type Side = 'history' | 'parameters';

/** How a side is shown: not at all, beside the conversation, or as a drawer over it. */
export type SideMode = 'closed' | 'docked' | 'drawer';

/**
 * Chats at the start side, the conversation in the middle, parameters at the end side. As a
 * drawer a side keeps the focus while it is open, gives it back, and closes on Escape or a click
 * beside it.
 *
 * @attr {'closed' | 'docked' | 'drawer'} history
 * @attr {'closed' | 'docked' | 'drawer'} parameters
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

  @property() history: SideMode = 'closed';
  @property() parameters: SideMode = 'closed';
  @property({ type: Boolean }) main = false;

  @query('.side.drawer') private readonly drawer?: HTMLElement | null;

  readonly #localize = new LocalizeController(this);
  #returnFocusTo: HTMLElement | null = null;

  override render(): TemplateResult {
    const open = this.#openDrawer;
    return html`
      ${this.#renderSide('history', this.history)}
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
      ${this.#renderSide('parameters', this.parameters)}
    `;
  }

  protected override willUpdate(): void {
    if (this.#openDrawer === null || this.drawer) return;
    const active = deepActiveElement();
    this.#returnFocusTo = active instanceof HTMLElement ? active : null;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('history') && !changed.has('parameters')) return;
    if (this.drawer) {
      focusableWithin(this.drawer)[0]?.focus();
    } else if (this.#returnFocusTo !== null) {
      this.#returnFocusTo.focus();
      this.#returnFocusTo = null;
    }
  }

  get #openDrawer(): Side | null {
    if (this.history === 'drawer') return 'history';
    return this.parameters === 'drawer' ? 'parameters' : null;
  }

  #renderSide(side: Side, mode: SideMode): TemplateResult {
    const term = this.#localize.term.bind(this.#localize);
    const isHistory = side === 'history';
    const isModal = mode === 'drawer';
    const heading = term(isHistory ? 'appName' : 'parameters');
    const close = term(isHistory ? 'closeHistory' : 'closeParameters');
    return html`<div
      class="side ${side} ${mode}"
      part=${side}
      role=${isModal ? 'dialog' : isHistory ? 'navigation' : 'complementary'}
      aria-modal=${isModal ? 'true' : nothing}
      aria-label=${term(isHistory ? 'chats' : 'modelAndParameters')}
      ?inert=${this.#openDrawer !== null && !isModal}
      @keydown=${isModal ? this.#handleKeydown : nothing}
    >
      <div class="bar">
        ${isHistory ? html`<span class="mark">${icon('sparkle')}</span>` : nothing}
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
    if (side === null || !this.drawer) return;
    keepTabInside(this.drawer, event);
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    emitIntent(this, 'cp-hide', { panel: side });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-frame': CpFrame;
  }
}
