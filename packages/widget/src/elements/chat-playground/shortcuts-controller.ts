import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isOfInputMethod } from '../../controllers/input-method.js';

interface ShortcutActions {
  /** Whether the whole page is the chat's, so that keys count wherever the focus is. */
  isWholePage: () => boolean;
  focusComposer: () => void;
  newChat: () => void;
  showHelp: () => void;
  /** Escape, when nothing was open that took it. */
  escape: () => void;
}

/** Listens for the widget's keyboard shortcuts; see `cp-shortcuts` for the list. */
export class ShortcutsController implements ReactiveController {
  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly actions: ShortcutActions,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('keydown', this.#handleKeydown);
    for (const name of TYPING_EVENTS) this.host.addEventListener(name, this.#keepFromPage);
  }

  hostDisconnected(): void {
    document.removeEventListener('keydown', this.#handleKeydown);
    for (const name of TYPING_EVENTS) this.host.removeEventListener(name, this.#keepFromPage);
  }

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || isOfInputMethod(event)) return;
    const path = event.composedPath();
    if (!isOurs(this.host, path) && !(this.actions.isWholePage() && isNowhere(path[0]))) return;
    // An open dialog or menu comes first.
    if (path.some((node) => node instanceof HTMLElement && node.matches('dialog, [popover]')))
      return;
    const action = this.#actionOf(event, isTextField(path[0]));
    if (action === undefined) return;
    event.preventDefault();
    action();
  };

  #actionOf(event: KeyboardEvent, isTypingNow: boolean): (() => void) | undefined {
    const { key, shiftKey, altKey } = event;
    const hasCommand = event.ctrlKey || event.metaKey;
    // With AltGr, which counts as Ctrl and Alt, letters are typed.
    if (altKey || event.getModifierState('AltGraph')) return undefined;
    if (hasCommand && shiftKey && key.toLowerCase() === 'o') return this.actions.newChat;
    if (hasCommand) return undefined;
    if (key === 'Escape') return this.actions.escape;
    if (isTypingNow) return undefined;
    if (key === '/') return this.actions.focusComposer;
    if (key === '?') return this.actions.showHelp;
    return undefined;
  }

  /**
   * A page tells a field by the event's target, which for ours is the whole widget: its shortcuts
   * would take letters out of a message. What a field has use for stays here; what it has none for
   * (Escape, Tab, function keys, other commands) goes on to the page.
   */
  readonly #keepFromPage = (event: KeyboardEvent): void => {
    const path = event.composedPath();
    if (isOurs(this.host, path) && isTextField(path[0]) && isForField(event)) {
      event.stopPropagation();
    }
  };
}

const TYPING_EVENTS = ['keydown', 'keypress', 'keyup'] as const;
const FIELD_KEYS: ReadonlySet<string> = new Set([
  ...['Enter', 'Backspace', 'Delete', 'Dead', 'Process', 'Unidentified', 'Home', 'End'],
  ...['PageUp', 'PageDown', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
]);
/** Commands of every field: all, copy, cut, paste, undo, redo. */
const FIELD_COMMANDS = /^[acvxyz]$/i;

/** Whether a key was pressed in a part of the widget's own, not in what the page has put into it. */
function isOurs(host: HTMLElement, path: EventTarget[]): boolean {
  const inside = path.slice(0, Math.max(0, path.indexOf(host)));
  const isOnHost = path[0] === host;
  if (inside.length === 0) return isOnHost;
  return !inside.some((node) => node instanceof Node && host.contains(node));
}

/** Whether nothing of the page has the focus: all that can have it may have use for the key. */
function isNowhere(target: EventTarget | undefined): boolean {
  if (target === document || target === document.documentElement) return true;
  return target === document.body && !document.body.isContentEditable;
}

function isTextField(target: EventTarget | undefined): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input, textarea, select');
}

function isForField(event: KeyboardEvent): boolean {
  if (isOfInputMethod(event) || FIELD_KEYS.has(event.key)) return true;
  if (event.key.length !== 1) return false;
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
  return !isCommand || FIELD_COMMANDS.test(event.key);
}
