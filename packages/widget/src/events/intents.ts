import type { Parameters, ParameterName, Vote, VoteDetails } from '@chat-playground/sdk';
import type { Theme } from '../themes/theme.js';

/** Kinds of short notice. */
export type ToastKind = 'info' | 'success' | 'error';

/**
 * What elements ask for, by event name. Elements never act on these themselves: the root element
 * is the only one that answers.
 */
export interface Intents {
  'cp-send': { text: string };
  'cp-stop': Record<string, never>;
  'cp-vote': { messageId: string; vote: Vote };
  'cp-edit': { messageId: string; text: string };
  'cp-regenerate': { messageId: string };
  /** Lets a reply that was cut off go on. */
  'cp-continue': { messageId: string };
  /** Says why one voted as one did. `restore` is called if that could not be saved. */
  'cp-explain-vote': { messageId: string; details: VoteDetails; restore: () => void };
  'cp-delete-message': { messageId: string };
  /** One of the page's own actions, by its `data-action`. */
  'cp-message-action': { messageId: string; action: string };
  /** `direction` is the way the reader is going through the versions. */
  'cp-branch': { messageId: string; direction: 'previous' | 'next' };
  'cp-load-older': Record<string, never>;
  'cp-toast': { text: string; kind: ToastKind };

  'cp-new-chat': Record<string, never>;
  /** With `messageId`: at that message, on whichever branch it is. */
  'cp-open-chat': { chatId: string; messageId?: string };
  'cp-rename-chat': { chatId: string; title: string };
  'cp-pin-chat': { chatId: string; pinned: boolean };
  'cp-archive-chat': { chatId: string; archived: boolean };
  'cp-delete-chat': { chatId: string };
  'cp-undo-delete': { chatId: string };
  /** An empty query lists all chats, or all that are archived. */
  'cp-search': { query: string; archived: boolean };
  'cp-search-more': Record<string, never>;
  'cp-load-more': Record<string, never>;
  'cp-retry': { what: 'chats' | 'conversation' | 'models' | 'presets' | 'session' };

  'cp-parameters-change': { patch: Partial<Parameters> };
  'cp-parameter-reset': { name: ParameterName };

  'cp-presets-load': Record<string, never>;
  'cp-preset-apply': { presetId: string };
  /** Keeps the parameters as they are now under that name. */
  'cp-preset-save': { name: string };
  'cp-preset-rename': { presetId: string; name: string };
  /** Puts the parameters as they are now in the place of those of a preset. */
  'cp-preset-overwrite': { presetId: string };
  'cp-preset-delete': { presetId: string };

  'cp-sign-in': { email: string; password: string };
  'cp-register': { username: string; email: string; password: string };
  'cp-sign-out': Record<string, never>;

  'cp-theme': { theme: Theme };
  'cp-locale': { locale: string };
  'cp-show': { panel: 'history' | 'parameters' | 'shortcuts' | 'connect' };
  'cp-hide': { panel: 'history' | 'parameters' };
  'cp-close-widget': Record<string, never>;
}

export type IntentName = keyof Intents;
export type IntentEvent<Name extends IntentName> = CustomEvent<Intents[Name]>;

type IntentEventMap = { [Name in IntentName]: IntentEvent<Name> };

declare global {
  // Merged, so that listeners of these events are typed.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  interface HTMLElementEventMap extends IntentEventMap {}
}

/** Sends an intent up and out of every shadow root, to the root element. */
export function emitIntent<Name extends IntentName>(
  from: HTMLElement,
  name: Name,
  detail: Intents[Name],
): void {
  from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}
