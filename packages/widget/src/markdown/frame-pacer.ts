/**
 * Runs a task at most once a frame, or less often: at once when nothing has run lately, otherwise in
 * the first frame after the pause with whatever is then the latest. In a hidden tab nothing waiting
 * runs until it is shown again.
 */
export class FramePacer {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame = 0;
  #isPaused = false;
  #isDue = false;

  /** @param pauseMs least time between two runs, in milliseconds; a frame when 0 */
  constructor(
    private readonly task: () => void,
    private readonly pauseMs = 0,
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
    if (this.pauseMs === 0) this.#awaitFrame();
    else this.#timer = setTimeout(this.#awaitFrame, this.pauseMs);
    this.task();
  }

  readonly #awaitFrame = (): void => {
    this.#frame = requestAnimationFrame(() => {
      this.#isPaused = false;
      if (this.#isDue) this.#run();
    });
  };
}
