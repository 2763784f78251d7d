import type { ChatPlayground } from '../src/index.js';

/** What happens to a widget, one step after the other. */
export type Step = (element: ChatPlayground) => unknown;

/** Long enough for what is fetched first; what never comes is a mistake in the list of states. */
const MOST_FRAMES = 600;

/** Sends a message; what fails is shown, which may be the state. */
export const ask =
  (text: string): Step =>
  (element) => {
    element.send(text).catch(() => undefined);
  };

export const intent =
  (name: string, detail: unknown): Step =>
  (element) =>
    element.dispatchEvent(new CustomEvent(name, { detail }));

/**
 * Presses what a path of selectors leads to, once it is there. Each is looked for inside of what the
 * one before it found, however deep.
 */
export const press =
  (...path: [string, ...string[]]): Step =>
  async (element) => {
    const found = await appears(element, path);
    found.focus();
    found.click();
  };

/** Types into the field that a path of selectors leads to. */
export const type =
  (path: readonly string[], text: string): Step =>
  async (element) => {
    const field = (await appears(element, path)) as HTMLInputElement;
    field.focus();
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  };

export const inOrder =
  (...steps: Step[]): Step =>
  async (element) => {
    for (const step of steps) await step(element);
  };

async function appears(element: ChatPlayground, path: readonly string[]): Promise<HTMLElement> {
  for (let frame = 0; frame < MOST_FRAMES; frame += 1) {
    let found: HTMLElement | null = element;
    for (const selector of path) found = found && findWithin(found, selector);
    if (found !== null) return found;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  throw new Error(`There is no ${path.join(' > ')} in this state.`);
}

function findWithin(root: HTMLElement, selector: string): HTMLElement | null {
  const scope = root.shadowRoot ?? root;
  const direct = scope.querySelector<HTMLElement>(selector);
  if (direct !== null) return direct;
  for (const child of scope.querySelectorAll<HTMLElement>('*')) {
    if (child.shadowRoot === null) continue;
    const found = findWithin(child, selector);
    if (found !== null) return found;
  }
  return null;
}
