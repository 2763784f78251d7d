import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { PopoverController } from '../../controllers/popover-controller.js';
import { icon, type IconName } from '../../icons/icons.js';
import { base, buttons, surfaces } from '../../themes/controls.js';
import { styles } from './cp-menu.styles.js';

export interface MenuItem {
  id: string;
  label: string;
  icon?: IconName;
  /** Set on one of several choices: whether it is the chosen one. */
  checked?: boolean;
  /** Whether it destroys something. */
  danger?: boolean;
}

export interface MenuGroup {
  label?: string;
  items: readonly MenuItem[];
}

declare global {
  interface HTMLElementEventMap {
    'cp-menu-select': CustomEvent<{ id: string }>;
  }
}

/**
 * A button that opens a menu.
 *
 * @attr label the button's name for screen readers; the slotted content is what is seen
 * @attr {'start' | 'end'} side edge of the button the menu lines up with
 * @fires cp-menu-select with the chosen item's `id`; stays inside the element that holds the menu
 * @slot - content of the button
 * @csspart trigger
 */
export class CpMenu extends LitElement {
  static override styles = [base, buttons, surfaces, styles];

  @property() label = '';
  @property() side: 'start' | 'end' = 'start';
  /** What the menu offers, in groups divided by a line. */
  @property({ attribute: false }) groups: readonly MenuGroup[] = [];
  @query('.trigger') private readonly trigger?: HTMLElement | null;
  @query('.menu') private readonly menu?: HTMLElement | null;

  readonly #popover = new PopoverController(this, {
    anchor: () => this.trigger ?? null,
    popover: () => this.menu ?? null,
    align: () => this.side,
    onOpen: () => this.#focusItem(0),
  });

  override render(): TemplateResult {
    return html`
      <button
        class="trigger"
        part="trigger"
        type="button"
        popovertarget="menu"
        aria-haspopup="menu"
        aria-label=${this.label || nothing}
        aria-expanded=${this.#popover.isOpen}
        @click=${this.#popover.handleAnchorClick}
      >
        <slot></slot>
      </button>
      <div
        id="menu"
        class="menu surface"
        role="menu"
        popover="auto"
        aria-label=${this.label || nothing}
        @toggle=${this.#popover.handleToggle}
        @keydown=${this.#handleKeydown}
      >
        ${this.groups.map((group) => this.#renderGroup(group))}
      </div>
    `;
  }

  override focus(options?: FocusOptions): void {
    this.trigger?.focus(options);
  }

  /** Opens the menu, with the focus on its first item. */
  async open(): Promise<void> {
    await this.updateComplete;
    this.#popover.open();
  }

  #renderGroup(group: MenuGroup): TemplateResult {
    return html`<div class="group" role="group" aria-label=${group.label ?? nothing}>
      ${
        group.label === undefined
          ? nothing
          : html`<div class="heading" aria-hidden="true">${group.label}</div>`
      }
      ${group.items.map((item) => this.#renderItem(item))}
    </div>`;
  }

  #renderItem(item: MenuItem): TemplateResult {
    const isChoice = item.checked !== undefined;
    return html`<button
      class=${classMap({ item: true, danger: item.danger === true })}
      type="button"
      role=${isChoice ? 'menuitemradio' : 'menuitem'}
      aria-checked=${item.checked ?? nothing}
      tabindex="-1"
      @click=${() => this.#select(item)}
    >
      ${item.icon === undefined ? nothing : icon(item.icon)}
      <span class="label">${item.label}</span>
      ${item.checked === true ? html`<span class="mark">${icon('check')}</span>` : nothing}
    </button>`;
  }

  #select(item: MenuItem): void {
    this.#popover.close();
    this.dispatchEvent(new CustomEvent('cp-menu-select', { detail: { id: item.id } }));
  }

  get #items(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('.item')];
  }

  #focusItem(index: number): void {
    const items = this.#items;
    items[(index + items.length) % items.length]?.focus();
  }

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    this.#popover.handleEscape(event);
    const current = this.#items.findIndex((item) => item.matches(':focus'));
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      Home: 0,
      End: -1,
    };
    const target = targets[event.key];
    if (target !== undefined) {
      event.preventDefault();
      this.#focusItem(target);
    } else if (event.key === 'Tab') {
      this.#popover.close();
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-menu': CpMenu;
  }
}
