/** Less than a frame at any refresh rate there is: what waits longer gets the next frame. */
const SHORTEST_PAUSE_MS = 4;

/**
 * Runs a task at most once a frame, or less often: at once when nothing has run lately, otherwise in
 * the first frame after the pause with whatever is then the latest. In a hidden tab nothing waiting
 * runs until it is shown again. A frame is asked for only when there is something to run in it, for
 * each costs the page something, even an idle one.
 */
export class FramePacer {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame = 0;
  #isPaused = false;
  #isDue = false;

  /** @param pauseMs least time between two runs, in milliseconds; a frame unless it is longer */
  constructor(
    private readonly task: () => void,
    private readonly pauseMs = SHORTEST_PAUSE_MS,
  ) {}

  request(): void {
    if (this.#isPaused) this.#isDue = true;
    else this.#run();
  }

  /** Forgets a task still waiting. */
  cancel(): void {
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
    this.#isPaused = false;
    this.#isDue = false;
  }

  #run(): void {
    this.#isDue = false;
    this.#isPaused = true;
    this.#timer = setTimeout(this.#handleTime, this.pauseMs);
    this.task();
  }

  readonly #handleTime = (): void => {
    if (this.#isDue) this.#frame = requestAnimationFrame(this.#endPause);
    else this.#isPaused = false;
  };

  readonly #endPause = (): void => {
    this.#isPaused = false;
    if (this.#isDue) this.#run();
  };
}
