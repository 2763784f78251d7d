import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { composedParent } from '../../controllers/composed-parent.js';
import { deepActiveElement, focusableWithin, isReachable } from '../../controllers/focus-trap.js';

/**
 * By then every element inside has followed its host. A timer, not a frame: asking for a frame makes
 * the browser draw one, which after every piece of a growing reply is dear.
 */
const FOLLOWED_MS = 20;

/** What comes before the focus may be lost: the action that takes away what has it. */
const ACTIONS = ['keydown', 'click', 'focusin'] as const;

/**
 * Lets the focus never fall out of the widget. When what had it was taken away by an action, it goes
 * to the nearest thing around that is still there and can have it.
 */
export class FocusKeeper implements ReactiveController {
  /** What had the focus and everything around it, from the inside out. */
  #path: readonly Element[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  hostConnected(): void {
    for (const name of ACTIONS) this.host.addEventListener(name, this.#remember, true);
  }

  hostDisconnected(): void {
    for (const name of ACTIONS) this.host.removeEventListener(name, this.#remember, true);
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  hostUpdated(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#isLost()) this.#restore();
    }, FOLLOWED_MS);
  }

  readonly #remember = (): void => {
    const path: Element[] = [];
    let node: Node | null = deepActiveElement();
    while (node !== null && node !== this.host) {
      if (node instanceof Element) path.push(node);
      node = composedParent(node);
    }
    // What has the focus outside is the page's own affair, and so is where it goes from there.
    this.#path = node === this.host ? path : [];
  };

  /** A click beside everything moves the focus out too, but leaves what had it where it was. */
  #isLost(): boolean {
    const [last] = this.#path;
    const active = deepActiveElement();
    if (last === undefined || (active !== null && active !== document.body)) return false;
    return !last.isConnected || !isReachable(last);
  }

  #restore(): void {
    const around = this.#path.filter((element) => element.isConnected);
    const nearest = around.find(isReachable);
    if (nearest !== undefined) return nearest.focus({ preventScroll: true });
    for (const element of around) {
      const [first] = focusableWithin(element);
      if (first !== undefined) return first.focus({ preventScroll: true });
    }
  }
}
