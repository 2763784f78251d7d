import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Side, SideMode } from '../cp-frame/cp-frame.js';
import { keepPreferences, readPreferences } from './preferences.js';

/** Room the widget itself must have, in CSS pixels, for a side to stand beside the conversation. */
const NEEDED_PX: Readonly<Record<Side, number>> = { history: 760, parameters: 1_120 };

/**
 * Knows which sides are open and how: beside the conversation where the widget (not the window:
 * it may sit in any box) has the room, otherwise as one drawer at a time over it.
 */
export class PanelsController implements ReactiveController {
  #width = 0;
  #element: Element | null = null;
  #drawer: Side | null = null;
  #docked: Record<Side, boolean>;
  #resize: ResizeObserver | null = null;

  constructor(
    private readonly host: ReactiveControllerHost,
    /** Whether the page does without that side. */
    private readonly isHidden: (side: Side) => boolean,
  ) {
    const { history = true, parameters = true } = readPreferences();
    this.#docked = { history, parameters };
    host.addController(this);
  }

  mode(side: Side): SideMode {
    if (this.isHidden(side)) return 'closed';
    if (this.#hasRoom(side)) return this.#docked[side] ? 'docked' : 'closed';
    return this.#drawer === side ? 'drawer' : 'closed';
  }

  show(side: Side): void {
    this.#set(side, true);
  }

  hide(side: Side): void {
    this.#set(side, false);
  }

  closeDrawer(): void {
    this.#drawer = null;
    this.host.requestUpdate();
  }

  /** Takes its measure from this element from now on. */
  observe(element: Element | null): void {
    if (element === this.#element) return;
    this.#resize?.disconnect();
    this.#element = element;
    if (element === null) return;
    this.#resize ??= new ResizeObserver(([entry]) => {
      this.#measure(entry?.contentRect.width ?? 0);
    });
    this.#resize.observe(element);
  }

  hostDisconnected(): void {
    this.observe(null);
  }

  #measure(width: number): void {
    const before = [this.mode('history'), this.mode('parameters')];
    this.#width = width;
    if (this.#drawer !== null && this.#hasRoom(this.#drawer)) this.#drawer = null;
    const isSame = before[0] === this.mode('history') && before[1] === this.mode('parameters');
    if (!isSame) this.host.requestUpdate();
  }

  #hasRoom(side: Side): boolean {
    return this.#width >= NEEDED_PX[side];
  }

  #set(side: Side, isOpen: boolean): void {
    if (this.#hasRoom(side)) {
      this.#docked[side] = isOpen;
      keepPreferences({ [side]: isOpen });
    } else {
      this.#drawer = isOpen ? side : null;
    }
    this.host.requestUpdate();
  }
}
