/** A frame at the usual refresh rate. */
const FRAME_MS = 16;
/** However dear: a reader who waits longer for a word thinks that it has stopped. */
const LONGEST_PAUSE_MS = 200;

/**
 * Runs a task with whatever is then the latest: at once when it has not run lately, otherwise after a
 * pause that grows with what a run costs. Nothing runs in a hidden tab until it is shown again. Each
 * run is a task of its own rather than part of a frame: a list scrolled in it hears of that within the
 * frame that shows it, where scrolling in a frame's callbacks would ask for another one.
 */
export class FramePacer {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame = 0;
  #isRunning = false;
  #isDue = false;
  #pauseEndsAt = 0;

  /**
   * @param task what it takes until its promise settles is its cost
   * @param options `pauseMs`: least time from one run to the next, in milliseconds, default a frame;
   *   `largestShare`: the part of the time that runs may take, default any. Where one is dear, on
   *   a slow phone or in a page with much else to do, runs then come less often.
   */
  constructor(
    private readonly task: () => void | Promise<void>,
    private readonly options: { pauseMs?: number; largestShare?: number } = {},
  ) {}

  request(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    if (!this.#isRunning) this.#schedule();
  }

  /** Forgets a task still waiting. */
  cancel(): void {
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
    this.#isDue = false;
  }

  #schedule(): void {
    const restMs = this.#pauseEndsAt - performance.now();
    if (document.hidden) this.#frame = requestAnimationFrame(this.#run);
    else if (restMs > 0) this.#timer = setTimeout(this.#run, restMs);
    else this.#run();
  }

  readonly #run = (): void => {
    this.#isDue = false;
    this.#isRunning = true;
    const startedAt = performance.now();
    void Promise.resolve(this.task()).finally(() => {
      const { pauseMs = FRAME_MS, largestShare = Infinity } = this.options;
      const costMs = performance.now() - startedAt;
      const fairMs = Math.min(costMs / largestShare, LONGEST_PAUSE_MS);
      this.#pauseEndsAt = startedAt + Math.max(fairMs, pauseMs);
      this.#isRunning = false;
      if (this.#isDue) this.#schedule();
    });
  };
}
