import type { ChatError, Message, User, Vote, VoteDetails } from '@chat-playground/sdk';

/** What `<chat-playground>` tells the page, by event name. All bubble and cross shadow roots. */
export interface WidgetEvents {
  /** The session is known (signed in or not) and the element can be used. */
  'chat-playground:ready': { user: User | null };
  /** Another chat is shown; null for an empty one. `title` is null until it has one. */
  'chat-playground:chat-change': { chatId: string | null; title: string | null };
  /** The server has taken a message. */
  'chat-playground:message-sent': { chatId: string; message: Message };
  /** A reply of the shown chat has ended; its `status` tells how. */
  'chat-playground:reply-end': { chatId: string; message: Message };
  'chat-playground:error': { error: ChatError };
  'chat-playground:session-change': { user: User | null };
  /** A control of the page's `message-actions` template was used; `action` is its `data-action`. */
  'chat-playground:message-action': { chatId: string; message: Message; action: string };
  /**
   * The vote on a reply of the shown chat changed, or the reasons for it did; null when it was taken
   * back, or nothing was said.
   */
  'chat-playground:vote': {
    chatId: string;
    messageId: string;
    vote: Vote | null;
    details: VoteDetails | null;
  };
}

export type WidgetEventName = keyof WidgetEvents;
export type WidgetEvent<Name extends WidgetEventName> = CustomEvent<WidgetEvents[Name]>;

type WidgetEventMap = { [Name in WidgetEventName]: WidgetEvent<Name> };

declare global {
  // Merged, so that a page's listeners are typed.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  interface HTMLElementEventMap extends WidgetEventMap {}
}

/** Tells the page. */
export function announce<Name extends WidgetEventName>(
  from: HTMLElement,
  name: Name,
  detail: WidgetEvents[Name],
): void {
  from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}
