import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Two screens ahead, so that the next page is there before it is looked for. */
const AHEAD = '0px 0px 200% 0px';

interface NearEndOptions {
  /** What stands at the end of the list while there is more; nothing when there is not. */
  end: () => Element | null | undefined;
  /** The element that scrolls; null is the window. */
  scroller: () => Element | null | undefined;
  loadMore: () => void;
}

/** Asks for more of a list whenever its end comes near, anew after each of its host's updates. */
export class NearEndController implements ReactiveController {
  #observer: IntersectionObserver | null = null;

  constructor(
    host: ReactiveControllerHost,
    private readonly options: NearEndOptions,
  ) {
    host.addController(this);
  }

  hostUpdated(): void {
    this.#observer?.disconnect();
    const end = this.options.end();
    if (!end) return;
    this.#observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting === true) this.options.loadMore();
      },
      { root: this.options.scroller() ?? null, rootMargin: AHEAD },
    );
    this.#observer.observe(end);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = null;
  }
}
