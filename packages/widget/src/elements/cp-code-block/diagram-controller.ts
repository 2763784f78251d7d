import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { DrawnDiagram } from '../../markdown/draw-diagram.js';
import { idle } from '../../markdown/idle.js';
import { isSelected } from './is-selected.js';

/**
 * The diagram that a block of code is the text of: drawn by a library that is fetched when the first
 * one is met, and forgotten when the code changes.
 */
export class DiagramController implements ReactiveController {
  drawn: DrawnDiagram | null = null;
  #isCodeWanted = false;
  readonly #observer = new MutationObserver(() => this.#forget());

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  /** Whether the drawing is to be seen rather than its code. */
  get isShown(): boolean {
    return this.drawn !== null && !this.#isCodeWanted;
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }

  hostConnected(): void {
    if (this.drawn !== null) this.#watch();
  }

  toggle(): void {
    this.#isCodeWanted = !this.#isCodeWanted;
    this.host.requestUpdate();
  }

  /** Draws the code as it is now. What cannot be drawn, or not be fetched, stays code. */
  async draw(): Promise<void> {
    const code = this.host.querySelector('code');
    const source = code?.textContent ?? '';
    const library = await import('../../markdown/draw-diagram.js').catch(() => null);
    await idle();
    if (library === null || code === null || code.textContent !== source) return;
    const drawn = library.drawDiagram(source);
    if (drawn !== null) {
      this.drawn = drawn;
      this.#isCodeWanted = isSelected(code);
      this.#watch();
      this.host.requestUpdate();
    }
    this.host.dispatchEvent(new Event('cp-drawn', { bubbles: true, composed: true }));
  }

  #watch(): void {
    this.#observer.observe(this.host, { subtree: true, childList: true, characterData: true });
  }

  #forget(): void {
    this.#observer.disconnect();
    this.drawn = null;
    this.host.requestUpdate();
    void this.draw();
  }
}
