/** How far a list has moved under the reader, measured on one of its elements. */
export class KeptPlace {
  readonly #top: number;

  private constructor(
    private readonly scroller: HTMLElement,
    private readonly mark: Element,
  ) {
    this.#top = mark.getBoundingClientRect().top;
  }

  /**
   * Remembers where the reader is.
   *
   * @param marks elements of the list, in order, that will still be there afterwards
   */
  static remember(scroller: HTMLElement, marks: Iterable<Element>): KeptPlace | null {
    const top = scroller.getBoundingClientRect().top;
    for (const mark of marks) {
      if (mark.getBoundingClientRect().bottom > top) return new KeptPlace(scroller, mark);
    }
    return null;
  }

  /** Puts the element back where it was on the screen, if it is still in the list. */
  restore(): void {
    if (!this.mark.isConnected) return;
    const moved = this.mark.getBoundingClientRect().top - this.#top;
    // Setting it, even to what it is, ends a scroll that is still under way.
    if (moved !== 0) this.scroller.scrollTop += moved;
  }
}
