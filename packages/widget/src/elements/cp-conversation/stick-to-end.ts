import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A reader who comes this near the end, in CSS pixels, counts as reading along again. */
const END_MARGIN_PX = 48;
/** Keys that scroll up. */
const UP_KEYS: ReadonlySet<string> = new Set(['ArrowUp', 'PageUp', 'Home']);

/**
 * Keeps a growing list at its end while the reader is there, and leaves a reader who scrolled up
 * alone.
 */
export class StickToEnd implements ReactiveController {
  isAtEnd = true;
  #scroller: HTMLElement | null = null;
  #lastTop = 0;
  #lastDistance = 0;
  #touchY = 0;
  readonly #resizes = new ResizeObserver(() => this.follow());

  /** @param tell whether the reader is at the end, whenever that changes */
  constructor(
    host: ReactiveControllerHost,
    private readonly tell: (isAtEnd: boolean) => void,
  ) {
    host.addController(this);
  }

  /**
   * @param scroller the element that scrolls
   * @param content what grows inside it
   */
  attach(scroller: HTMLElement, content: HTMLElement): void {
    if (this.#scroller === scroller) return;
    this.#scroller = scroller;
    for (const [name, listener] of this.#listeners) {
      scroller.addEventListener(name, listener, { passive: true });
    }
    this.#resizes.observe(content);
    this.#resizes.observe(scroller);
  }

  hostDisconnected(): void {
    for (const [name, listener] of this.#listeners) {
      this.#scroller?.removeEventListener(name, listener);
    }
    this.#scroller = null;
    this.#resizes.disconnect();
  }

  /** Goes to the end and stays there. */
  jump(): void {
    this.#lastTop = 0;
    this.#setAtEnd(true);
    this.follow();
  }

  /** Goes to the end if the reader is there. */
  follow(): void {
    const scroller = this.#scroller;
    if (scroller === null || !this.isAtEnd) return;
    // Moved up since, which is told only with the next frame. Content that shrank moves up too, but
    // then the place before is no longer there.
    const { scrollTop } = scroller;
    const isWhereItWas = this.#lastTop <= scroller.scrollHeight - scroller.clientHeight;
    if (scrollTop < this.#lastTop - 1 && isWhereItWas) return this.#setAtEnd(false);
    scroller.scrollTop = scroller.scrollHeight;
    this.#remember(scroller);
  }

  readonly #handleScroll = (): void => {
    const scroller = this.#scroller;
    if (scroller === null) return;
    const { scrollTop } = scroller;
    const distance = distanceToEnd(scroller);
    // Content that grew moves the end away without the reader having moved: only going up leaves it,
    // and only coming nearer returns to it.
    if (scrollTop < this.#lastTop && distance > 1) this.#setAtEnd(false);
    else if (distance <= 1 && scrollTop >= this.#lastTop) this.#setAtEnd(true);
    else if (distance <= END_MARGIN_PX && scrollTop > this.#lastTop) {
      if (distance < this.#lastDistance) this.#setAtEnd(true);
    }
    this.#remember(scroller);
  };

  readonly #handleWheel = (event: WheelEvent): void => {
    if (event.deltaY < 0 && !event.ctrlKey && !event.shiftKey) this.#leave(event);
  };

  readonly #handleTouchStart = (event: TouchEvent): void => {
    this.#touchY = event.touches[0]?.clientY ?? 0;
  };

  readonly #handleTouchMove = (event: TouchEvent): void => {
    const y = event.touches[0]?.clientY ?? 0;
    if (event.touches.length === 1 && y > this.#touchY) this.#leave(event);
    this.#touchY = y;
  };

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || isTypingIn(event)) return;
    const isUp = UP_KEYS.has(event.key) || (event.key === ' ' && event.shiftKey);
    if (isUp) this.#leave(event);
  };

  readonly #listeners = [
    ['scroll', this.#handleScroll],
    ['wheel', this.#handleWheel],
    ['touchstart', this.#handleTouchStart],
    ['touchmove', this.#handleTouchMove],
    ['keydown', this.#handleKeydown],
  ] as [string, EventListener][];

  /**
   * The reader begins to go up. The browser moves the list some frames later and by little at a
   * time: a growing reply would bring each of these steps back.
   */
  #leave(event: Event): void {
    const scroller = this.#scroller;
    if (scroller === null || event.defaultPrevented || scroller.scrollTop <= 0) return;
    if (isTakenInside(event, scroller)) return;
    this.#remember(scroller);
    this.#setAtEnd(false);
  }

  #remember(scroller: HTMLElement): void {
    this.#lastTop = scroller.scrollTop;
    this.#lastDistance = distanceToEnd(scroller);
  }

  #setAtEnd(isAtEnd: boolean): void {
    if (this.isAtEnd === isAtEnd) return;
    this.isAtEnd = isAtEnd;
    this.tell(isAtEnd);
  }
}

function distanceToEnd({ scrollHeight, scrollTop, clientHeight }: HTMLElement): number {
  return scrollHeight - scrollTop - clientHeight;
}

/** Whether something inside of the list, that scrolls by itself, can still go up. */
function isTakenInside(event: Event, scroller: HTMLElement): boolean {
  const path = event.composedPath();
  const inside = path.slice(0, path.indexOf(scroller));
  return inside.some(
    (node) =>
      node instanceof Element &&
      node.scrollTop > 0 &&
      /auto|scroll/.test(getComputedStyle(node).overflowY),
  );
}

function isTypingIn(event: Event): boolean {
  const [target] = event.composedPath();
  return target instanceof Element && target.matches('input, textarea, select');
}
