export { ChatPlayground, type Layout } from './elements/chat-playground/chat-playground.js';
export {
  connectToServer,
  type Connect,
  type Connected,
  type ConnectOptions,
} from './elements/chat-playground/connect.js';
export type { WidgetEvent, WidgetEventName, WidgetEvents } from './events/widget-events.js';
export type { Theme } from './themes/theme.js';
