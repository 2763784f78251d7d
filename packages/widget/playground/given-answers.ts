import type { Chat, Message, MessageHit, Preset } from '@chat-playground/sdk';
import { blankMessage, type ReplayOptions } from '@chat-playground/sdk/testing';

type Answers = Pick<ReplayOptions, 'intercept'>;

const TIME = '2026-01-02T08:30:00.000Z';

/** Answers one endpoint in the server's place. */
export function instead(
  method: string,
  path: string,
  answer: (url: URL) => Response | Promise<Response>,
): Answers {
  return {
    intercept: (request) => {
      const url = new URL(request.url);
      return request.method === method && url.pathname === `/api${path}` ? answer(url) : undefined;
    },
  };
}

/** Several of them; the first that has an answer gives it. */
export function together(...all: Answers[]): Answers {
  return {
    intercept: async (request) => {
      for (const { intercept } of all) {
        const answer = await intercept?.(request);
        if (answer !== undefined) return answer;
      }
      return undefined;
    },
  };
}

export const CHAT: Chat = {
  chat_id: '01999999-0000-7000-8000-00000000000a',
  user_id: '01999999-0000-7000-8000-000000000001',
  chat_title: 'How do planets form?',
  active_message_id: null,
  pinned: false,
  archived: false,
  created_at: TIME,
  updated_at: TIME,
  version: 1,
};

/** A chat of these two messages: a question, and a reply with what matters to a state. */
export function chatOf(reply: Partial<Message>, question: Partial<Message> = {}): Answers {
  const asked = blankMessage({
    message_id: '01999999-0000-7000-8000-0000000000a1',
    chat_id: CHAT.chat_id,
    role: 'user',
    content: 'How do planets form?',
    created_at: TIME,
    ...question,
  });
  const answer = blankMessage({
    message_id: '01999999-0000-7000-8000-0000000000a2',
    chat_id: CHAT.chat_id,
    parent_id: asked.message_id,
    model: 'replay/transcript',
    content:
      'Planets form in the **disk** of gas and dust around a young star:\n\n' +
      '1. Grains stick together.\n2. Pebbles gather into planetesimals.\n3. Those collide and grow.',
    created_at: TIME,
    ...reply,
  });
  return together(
    instead('GET', `/chats/${CHAT.chat_id}`, () => Response.json(CHAT)),
    instead('GET', '/chats/messages', () =>
      Response.json({ messages: [asked, answer], next_cursor: null }),
    ),
  );
}

export function preset(name: string, parameters: Preset['parameters'], savedOn: string): Preset {
  const preset_id = `01999999-0000-7000-8000-${String(name.length).padStart(12, '0')}`;
  return { preset_id, name, parameters, created_at: savedOn, updated_at: savedOn, version: 1 };
}

/** A found message, with the first occurrence of what was searched for marked. */
export function hit(title: string, snippet: string, match: string, index: number): MessageHit {
  const start = snippet.indexOf(match);
  return {
    message_id: `01999999-0000-7000-8000-00000000b${String(index).padStart(3, '0')}`,
    chat_id: CHAT.chat_id,
    chat_title: title,
    role: index % 2 === 0 ? 'assistant' : 'user',
    snippet,
    ranges: [[start, start + match.length]],
    created_at: TIME,
  };
}
