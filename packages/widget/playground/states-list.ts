import type { ConnectionStatus, GetToken } from '@chat-playground/sdk';
import { errorResponse, transcripts, type ReplayOptions } from '@chat-playground/sdk/testing';
import { instead } from './given-answers.js';
import { ask, intent, type Step } from './steps.js';

/** One state of the widget, and what brings it about. */
export interface State extends ReplayOptions {
  name: string;
  isSignedOut?: boolean;
  connection?: ConnectionStatus;
  getToken?: GetToken;
  /** It is never known who is signed in: there is nothing to wait for. */
  isNeverReady?: boolean;
  chatId?: string;
  /** First messages of chats that are there already. */
  chats?: readonly string[];
  /** What happens once the widget is ready. */
  then?: Step;
}

export const NEVER = new Promise<never>(() => undefined);
const UNKNOWN_CHAT = '01999999-0000-7000-8000-000000000000';
const HELD_AT_EVENT = 4;

export const TITLES = [
  'How do planets form?',
  'ช่วยวางแผนการเดินทางไปเชียงใหม่ในช่วงฤดูหนาวสำหรับครอบครัวที่มีเด็กเล็กสองคน',
  'A question that goes on for so long that its title cannot possibly fit beside the conversation',
  'ما أفضل طريقة لتعلّم البرمجة؟',
];

/** What the widget as a whole can be in. */
export const STATES_OF_THE_WIDGET: readonly State[] = [
  { name: 'empty' },
  { name: 'empty, with chats', chats: TITLES },
  { name: 'reply', chats: TITLES, then: ask('Tell me something') },
  {
    name: 'reply being written',
    beforeEvent: ({ seq }) => (seq > HELD_AT_EVENT ? NEVER : undefined),
    then: ask('Tell me something'),
  },
  {
    name: 'reply not begun',
    beforeEvent: ({ seq }) => (seq > 1 ? NEVER : undefined),
    then: ask('Tell me something'),
  },
  {
    name: 'message on its way',
    ...instead('POST', '/chats', () => NEVER),
    then: ask('Tell me something'),
  },
  { name: 'reply with reasoning', replies: [transcripts.reasoning], then: ask('Think first') },
  { name: 'reply in Thai', replies: [transcripts.cutUtf8], then: ask('สวัสดี ช่วยอธิบายเรื่องนี้หน่อย') },
  { name: 'reply stopped', replies: [transcripts.stopped], then: ask('Tell me something long') },
  { name: 'reply failed', replies: [transcripts.error], then: ask('Tell me something') },
  {
    name: 'not sent',
    ...instead('POST', '/chats', () => errorResponse('shutting_down')),
    then: ask('Tell me something'),
  },
  {
    name: 'too many requests',
    ...instead('POST', '/chats', () =>
      errorResponse('rate_limited', 'slow down', { 'retry-after': '40' }),
    ),
    then: ask('Tell me something'),
  },
  {
    name: 'server out of reach',
    connection: 'offline',
    ...instead('GET', '/chats', () => Promise.reject(new TypeError('Failed to fetch'))),
  },
  {
    name: 'chat loading',
    intercept: ({ url }) => (url.includes('/api/chats/') ? NEVER : undefined),
    chatId: UNKNOWN_CHAT,
  },
  { name: 'chat missing', chatId: UNKNOWN_CHAT },
  { name: 'chats loading', ...instead('GET', '/chats', () => NEVER) },
  { name: 'chats failed', ...instead('GET', '/chats', () => errorResponse('internal')) },
  { name: 'models failed', ...instead('GET', '/models', () => errorResponse('internal')) },
  { name: 'notice', then: intent('cp-toast', { text: 'Chat archived.', kind: 'success' }) },
  { name: 'shortcuts', then: intent('cp-show', { panel: 'shortcuts' }) },
  { name: 'connecting a model', then: intent('cp-show', { panel: 'connect' }) },
  { name: 'signed out', isSignedOut: true },
  {
    name: 'sign-in refused',
    isSignedOut: true,
    ...instead('POST', '/login', () => errorResponse('invalid_credentials')),
    then: intent('cp-sign-in', { email: 'ada@example.com', password: 'wrong horse' }),
  },
  {
    name: 'session being restored',
    isNeverReady: true,
    ...instead('GET', '/users/me', () => NEVER),
  },
  { name: 'page without a token', getToken: () => null },
  {
    name: 'page’s token refused',
    getToken: () => 'access-1',
    ...instead('GET', '/models', () => errorResponse('unauthenticated')),
  },
];
