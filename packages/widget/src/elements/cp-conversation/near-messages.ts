import type { Message } from '@chat-playground/sdk';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { idle } from '../../markdown/idle.js';
import { firstOnScreen } from './first-on-screen.js';

/** Messages drawn in full on either side of the first one in sight: several screens of them. */
const NEAR = 60;
/** A list no longer than this is drawn in full. */
const FEW = 200;
/** How far the reader goes before that is moved: drawing a few at every turn is dearer. */
const STEP = 20;
/** Messages drawn in one go after the first screen: a few, so that the page stays at hand. */
const AT_A_TIME = 4;

interface Host extends ReactiveControllerHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
}

/**
 * Which messages of a list are near enough to be drawn in full. Those far away are shown as their
 * bare text, at the height they had, so that find-in-page still finds them and a chat of any length
 * costs what is around the reader. A list that is opened begins with what its first screen shows; the
 * rest of what is near follows when the page is idle.
 */
export class NearMessages implements ReactiveController {
  #first = 0;
  /** What the first is to be once all that is near is drawn. */
  #goal = 0;
  /** Past the last; beyond any list when what comes after is near as well. */
  #end = Number.MAX_SAFE_INTEGER;
  #isGrowing = false;
  readonly #heights = new Map<string, number>();

  constructor(private readonly host: Host) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#heights.clear();
    this.#first = this.#goal;
  }

  /** Whether the message at this place is drawn in full. */
  has(index: number): boolean {
    return index >= this.#first && index < this.#end;
  }

  /** Height it had when it last was drawn otherwise, in CSS pixels. */
  heightOf(id: string): number | undefined {
    return this.#heights.get(id);
  }

  /** Another list: from its end. */
  startOver(messages: readonly Message[]): void {
    const count = messages.length;
    this.#heights.clear();
    this.#goal = count <= FEW ? 0 : count - 2 * NEAR;
    this.#first = Math.max(this.#goal, firstOnScreen(messages, innerHeight));
    this.#end = Number.MAX_SAFE_INTEGER;
    if (!this.#isGrowing) void this.#drawTheRest();
  }

  /** So many messages were put before the first, where the reader is: the nearest are drawn. */
  shift(count: number): void {
    this.#first = Math.max(0, this.#first + count - NEAR);
    this.#goal = Math.max(0, this.#goal + count - NEAR);
    this.#end += count;
  }

  /**
   * Looks where the reader is.
   *
   * @param scroller what scrolls them
   * @param rows the messages' elements, in order
   * @returns whether others are near now
   */
  follow(scroller: Element, rows: readonly HTMLElement[]): boolean {
    if (rows.length <= FEW) return false;
    const inSight = firstBelow(scroller.getBoundingClientRect().top, rows);
    const first = Math.max(0, inSight - NEAR);
    const end = inSight + NEAR >= rows.length ? Number.MAX_SAFE_INTEGER : inSight + NEAR;
    // A few steps are let be, but not at the list's own ends: they are reached in full.
    const hasMoved =
      (first !== this.#first && (first === 0 || Math.abs(first - this.#first) >= STEP)) ||
      (end !== this.#end && Math.abs(end - this.#end) >= STEP);
    if (!hasMoved || this.#isSelecting()) return false;
    for (const [index, row] of rows.entries()) {
      const isFar = index < first || index >= end;
      if (isFar !== this.has(index)) continue;
      this.#heights.set(row.dataset.messageId ?? '', row.offsetHeight);
    }
    this.#first = first;
    this.#goal = first;
    this.#end = end;
    this.host.requestUpdate();
    return true;
  }

  async #drawTheRest(): Promise<void> {
    this.#isGrowing = true;
    while (this.#first > this.#goal) {
      await idle();
      await this.host.updateComplete;
      this.#first = Math.max(this.#goal, this.#first - AT_A_TIME);
      this.host.requestUpdate();
    }
    this.#isGrowing = false;
  }

  /** A selection, or a message being edited, must not be taken away from under the reader. */
  #isSelecting(): boolean {
    const root = this.host.renderRoot;
    if (!(root instanceof ShadowRoot)) return false;
    const selection = getSelection();
    const [range] = selection?.getComposedRanges?.({ shadowRoots: [root] }) ?? [];
    const isRange = range !== undefined && !range.collapsed && root.contains(range.startContainer);
    return isRange || root.activeElement?.localName === 'cp-message';
  }
}

/** The first row that ends below a line on the screen; they are in order, so halving finds it. */
function firstBelow(top: number, rows: readonly HTMLElement[]): number {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((rows[middle]?.getBoundingClientRect().bottom ?? 0) > top) high = middle;
    else low = middle + 1;
  }
  return low;
}
