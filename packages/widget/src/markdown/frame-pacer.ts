/**
 * Runs a task at most once a frame: at once when this frame is still free, otherwise at the start of
 * the next with whatever is then the latest. In a hidden tab nothing runs until it is shown again.
 */
export class FramePacer {
  #frame = 0;
  #isDue = false;

  constructor(private readonly task: () => void) {}

  request(): void {
    if (this.#frame !== 0) {
      this.#isDue = true;
      return;
    }
    this.#run();
  }

  /** Forgets a task still waiting. */
  cancel(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#isDue = false;
  }

  readonly #handleFrame = (): void => {
    this.#frame = 0;
    if (this.#isDue) this.#run();
  };

  #run(): void {
    this.#isDue = false;
    this.#frame = requestAnimationFrame(this.#handleFrame);
    this.task();
  }
}
