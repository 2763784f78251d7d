import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { placePopover } from './place-popover.js';

interface PopoverControllerOptions {
  /** The button that opens it. Give it `popovertarget`, so that a click on it is no dismissal. */
  anchor: () => HTMLElement | null;
  popover: () => HTMLElement | null;
  /** Which sides are lined up; `start` when absent. */
  align?: () => 'start' | 'end';
  /** Called once it is open and in place: the moment to move the focus into it. */
  onOpen?: () => void;
}

/** Opens, places and closes a native popover, and knows whether it is open. */
export class PopoverController implements ReactiveController {
  #isOpen = false;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly options: PopoverControllerOptions,
  ) {
    host.addController(this);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  hostDisconnected(): void {
    this.#isOpen = false;
  }

  open(): void {
    const anchor = this.options.anchor();
    const popover = this.options.popover();
    if (anchor === null || popover === null || this.#isOpen) return;
    popover.showPopover();
    placePopover(anchor, popover, this.options.align?.());
    this.#isOpen = true;
    this.host.requestUpdate();
    this.options.onOpen?.();
  }

  /** @param returnFocus whether the anchor gets the focus back */
  close(returnFocus = true): void {
    if (!this.#isOpen) return;
    this.options.popover()?.hidePopover();
    this.#isOpen = false;
    this.host.requestUpdate();
    if (returnFocus) this.options.anchor()?.focus();
  }

  /** For the anchor's click. Takes the place of what `popovertarget` would do by itself. */
  readonly handleAnchorClick = (event: Event): void => {
    event.preventDefault();
    if (this.#isOpen) this.close();
    else this.open();
  };

  /** For the popover's `toggle`: it may have been dismissed by a click elsewhere. */
  readonly handleToggle = (event: Event): void => {
    const isOpen = (event as ToggleEvent).newState === 'open';
    if (isOpen === this.#isOpen) return;
    this.#isOpen = isOpen;
    this.host.requestUpdate();
  };

  /** For keydown inside: Escape closes this and nothing around it. */
  readonly handleEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.#isOpen) return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  };
}
