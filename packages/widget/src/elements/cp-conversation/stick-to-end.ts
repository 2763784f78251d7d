import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A reader this near the end, in CSS pixels, counts as reading along. */
const END_MARGIN_PX = 48;

/**
 * Keeps a growing list at its end while the reader is there, and leaves a reader who scrolled up
 * alone. Has its host render when that changes.
 */
export class StickToEnd implements ReactiveController {
  isAtEnd = true;
  #scroller: HTMLElement | null = null;
  #lastTop = 0;
  readonly #resizes = new ResizeObserver(() => this.follow());

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  /**
   * @param scroller the element that scrolls
   * @param content what grows inside it
   */
  attach(scroller: HTMLElement, content: HTMLElement): void {
    if (this.#scroller === scroller) return;
    this.#scroller = scroller;
    scroller.addEventListener('scroll', this.#handleScroll, { passive: true });
    this.#resizes.observe(content);
    this.#resizes.observe(scroller);
  }

  hostDisconnected(): void {
    this.#scroller?.removeEventListener('scroll', this.#handleScroll);
    this.#scroller = null;
    this.#resizes.disconnect();
  }

  /** Goes to the end and stays there. */
  jump(): void {
    this.#setAtEnd(true);
    this.follow();
  }

  /** Goes to the end if the reader is there. */
  follow(): void {
    if (this.#scroller === null || !this.isAtEnd) return;
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#lastTop = this.#scroller.scrollTop;
  }

  readonly #handleScroll = (): void => {
    const scroller = this.#scroller;
    if (scroller === null) return;
    const { scrollTop } = scroller;
    const isNearEnd = scroller.scrollHeight - scrollTop - scroller.clientHeight <= END_MARGIN_PX;
    // Content that grew moves the end away without the reader having moved: only going up leaves it.
    if (isNearEnd) this.#setAtEnd(true);
    else if (scrollTop < this.#lastTop) this.#setAtEnd(false);
    this.#lastTop = scrollTop;
  };

  #setAtEnd(isAtEnd: boolean): void {
    if (this.isAtEnd === isAtEnd) return;
    this.isAtEnd = isAtEnd;
    this.host.requestUpdate();
  }
}
