import type { Message } from '@chat-playground/sdk';

/** The least that a message takes, and a character of it, in CSS pixels: rather too little. */
const MESSAGE_PX = 60;
const CHARACTER_PX = 0.25;
/** More than the screen, for what is above its edge is soon looked at. */
const SCREENS = 1.5;

/**
 * The first of the messages at the end of a list that fill a screen, judged by their text alone.
 *
 * @param messages oldest first
 * @param screenHeight in CSS pixels
 */
export function firstOnScreen(messages: readonly Message[], screenHeight: number): number {
  let room = screenHeight * SCREENS;
  let index = messages.length;
  while (index > 0 && room > 0) {
    index -= 1;
    room -= MESSAGE_PX + (messages[index]?.content.length ?? 0) * CHARACTER_PX;
  }
  return index;
}
