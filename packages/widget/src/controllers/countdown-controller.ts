import type { ReactiveController, ReactiveControllerHost } from 'lit';

const TICK_MS = 1_000;

/** Counts whole seconds down to a moment, rendering its host at each. */
export class CountdownController implements ReactiveController {
  #endsAt = 0;
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  get secondsLeft(): number {
    return Math.max(0, Math.ceil((this.#endsAt - Date.now()) / 1000));
  }

  /** Counts from now on; 0 ends the count. */
  start(durationMs: number): void {
    this.#endsAt = Date.now() + durationMs;
    this.#stop();
    if (durationMs > 0) this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#stop();
  }

  #tick(): void {
    if (this.secondsLeft === 0) this.#stop();
    this.host.requestUpdate();
  }

  #stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }
}
