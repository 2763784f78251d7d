import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { isReachable } from '../../controllers/focus-trap.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import type { ToastKind } from '../../events/intents.js';
import { icon, type IconName } from '../../icons/icons.js';
import { base, buttons } from '../../themes/controls.js';
import { styles } from './cp-toasts.styles.js';

/** Long enough to read a sentence twice. */
const DEFAULT_DURATION_MS = 6_000;
const TICK_MS = 250;

export interface Toast {
  text: string;
  kind?: ToastKind;
  /** How long it stays when left alone, in milliseconds; 6,000 when absent. */
  durationMs?: number;
  /** A button; `label` is given the whole seconds left. The toast goes when it is pressed. */
  action?: { label: (secondsLeft: number) => string; run: () => void };
}

interface ShownToast extends Toast {
  id: number;
  leftMs: number;
}

const ICONS: Readonly<Record<ToastKind, IconName>> = {
  info: 'info',
  success: 'check',
  error: 'alert',
};

/**
 * Short notices at the foot of the widget, read out politely. Their time stands still while the
 * pointer or the focus is on them. Whoever came to one by keyboard is led back when it goes.
 *
 * @fires leave when the focus was here and what it came from is gone
 */
export class CpToasts extends LitElement {
  static override styles = [base, buttons, styles];

  @state() private toasts: readonly ShownToast[] = [];

  readonly #localize = new LocalizeController(this);
  #nextId = 1;
  #cameFrom: EventTarget | null = null;
  #root: Node | null = null;
  #timer: ReturnType<typeof setInterval> | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#root = this.getRootNode();
    this.#root.addEventListener('focusout', this.#handleFocusMove);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#root?.removeEventListener('focusout', this.#handleFocusMove);
    this.#stopTimer();
    this.toasts = [];
  }

  override render(): TemplateResult {
    return html`<div
      class="list"
      role="region"
      aria-label=${this.#localize.term('notifications')}
      aria-live="polite"
      aria-relevant="additions"
    >
      ${repeat(
        this.toasts,
        (toast) => toast.id,
        (toast) => this.#renderToast(toast),
      )}
    </div>`;
  }

  show(toast: Toast): void {
    const shown = {
      ...toast,
      id: this.#nextId++,
      leftMs: toast.durationMs ?? DEFAULT_DURATION_MS,
    };
    this.toasts = [...this.toasts, shown];
    this.#timer ??= setInterval(() => this.#tick(), TICK_MS);
  }

  #renderToast(toast: ShownToast): TemplateResult {
    const secondsLeft = Math.max(1, Math.ceil(toast.leftMs / 1000));
    return html`<div class="toast">
      ${icon(ICONS[toast.kind ?? 'info'])}
      <span class="text">${toast.text}</span>
      ${
        toast.action === undefined
          ? nothing
          : html`<button class="action" type="button" @click=${() => void this.#act(toast)}>
              ${toast.action.label(secondsLeft)}
            </button>`
      }
      <button
        class="icon-button small"
        type="button"
        aria-label=${this.#localize.term('dismiss')}
        @click=${() => void this.#dismiss(toast.id)}
      >
        ${icon('close')}
      </button>
    </div>`;
  }

  async #act(toast: ShownToast): Promise<void> {
    toast.action?.run();
    await this.#dismiss(toast.id);
  }

  async #dismiss(id: number): Promise<void> {
    const hadFocus = this.matches(':focus-within');
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
    if (this.toasts.length === 0) this.#stopTimer();
    await this.updateComplete;
    if (hadFocus) this.#giveFocusBack();
  }

  #giveFocusBack(): void {
    const target = this.renderRoot.querySelector('button') ?? this.#cameFrom;
    if (target instanceof HTMLElement && isReachable(target)) target.focus();
    else this.dispatchEvent(new CustomEvent('leave'));
  }

  /** Heard where the focus leaves another part of the widget: from inside only this part is seen. */
  readonly #handleFocusMove = (event: Event): void => {
    if ((event as FocusEvent).relatedTarget === this)
      [this.#cameFrom = null] = event.composedPath();
  };

  #tick(): void {
    if (this.renderRoot.querySelector('.toast:hover, .toast:focus-within') !== null) return;
    this.toasts = this.toasts
      .map((toast) => ({ ...toast, leftMs: toast.leftMs - TICK_MS }))
      .filter((toast) => toast.leftMs > 0);
    if (this.toasts.length === 0) this.#stopTimer();
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-toasts': CpToasts;
  }
}
