import type { ReactiveController, ReactiveControllerHost } from 'lit';

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
  }

  hostDisconnected(): void {
    document.removeEventListener('keydown', this.#handleKeydown);
  }

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const path = event.composedPath();
    if (!path.includes(this.host) && !this.actions.isWholePage()) return;
    // An open dialog or menu comes first.
    if (path.some((node) => node instanceof HTMLElement && node.matches('dialog, [popover]')))
      return;
    const action = this.#actionOf(event, isTyping(path[0]));
    if (action === undefined) return;
    event.preventDefault();
    action();
  };

  #actionOf(event: KeyboardEvent, isTypingNow: boolean): (() => void) | undefined {
    const { key, shiftKey, altKey } = event;
    const hasCommand = event.ctrlKey || event.metaKey;
    if (hasCommand && shiftKey && key.toLowerCase() === 'o') return this.actions.newChat;
    if (hasCommand || altKey) return undefined;
    if (key === 'Escape') return this.actions.escape;
    if (isTypingNow) return undefined;
    if (key === '/') return this.actions.focusComposer;
    if (key === '?') return this.actions.showHelp;
    return undefined;
  }
}

function isTyping(target: EventTarget | undefined): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input, textarea, select');
}
