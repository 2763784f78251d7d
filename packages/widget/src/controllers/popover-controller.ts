import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { followAnchor } from './follow-anchor.js';
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

/** Opens, places and closes a native popover, keeps it at its anchor, and knows whether it is open. */
export class PopoverController implements ReactiveController {
  #isOpen = false;
  #stopFollowing: (() => void) | null = null;

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
    this.#setOpen(false);
  }

  open(): void {
    const anchor = this.options.anchor();
    const popover = this.options.popover();
    if (anchor === null || popover === null || this.#isOpen) return;
    popover.showPopover();
    const place = (): void => placePopover(anchor, popover, this.options.align?.());
    place();
    this.#setOpen(true);
    this.#stopFollowing = followAnchor(anchor, { moved: place, gone: () => this.close(false) });
    this.options.onOpen?.();
  }

  /** @param returnFocus whether the anchor gets the focus back */
  close(returnFocus = true): void {
    if (!this.#isOpen) return;
    this.options.popover()?.hidePopover();
    this.#setOpen(false);
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
    if (isOpen !== this.#isOpen) this.#setOpen(isOpen);
  };

  /** For keydown inside: Escape closes this and nothing around it. */
  readonly handleEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.#isOpen) return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  };

  #setOpen(isOpen: boolean): void {
    this.#isOpen = isOpen;
    if (!isOpen) this.#stopFollowing?.();
    this.host.requestUpdate();
  }
}
