import type { ReactiveController, ReactiveControllerHost } from 'lit';

const SECOND_MS = 1000;

/** Counts down to a moment and has its host render every second until then. */
export class RetryCountdown implements ReactiveController {
  #until = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param now the clock, in milliseconds since the epoch */
  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly now: () => number = Date.now,
  ) {
    host.addController(this);
  }

  /** Whole seconds left; 0 when the wait is over. */
  get secondsLeft(): number {
    return Math.max(0, Math.ceil((this.#until - this.now()) / SECOND_MS));
  }

  /** @param until in milliseconds since the epoch */
  countTo(until: number): void {
    if (until === this.#until) return;
    this.#until = until;
    this.#tick();
  }

  hostConnected(): void {
    this.#tick();
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  readonly #tick = (): void => {
    clearTimeout(this.#timer);
    this.host.requestUpdate();
    const left = this.#until - this.now();
    if (left > 0) this.#timer = setTimeout(this.#tick, left % SECOND_MS || SECOND_MS);
  };
}
