import type { ExportLine, Message, Preset, Session, VoteDetails } from '../protocol/index.js';
import { errorResponse, jsonResponse } from './replay-responses.js';
import { sumUsage } from './replay-usage.js';
import type { ReplayCall, ReplayContext, ReplayRoute } from './replay-routes.js';

type Own = (method: string, pattern: RegExp, handle: (call: ReplayCall) => Response) => ReplayRoute;

const DAY_MS = 86_400_000;
const SNIPPET_LENGTH = 120;

/** What belongs to the user beside chats: sessions, presets, reasons for votes, search, export. */
export function createOwnRoutes(context: ReplayContext, own: Own): ReplayRoute[] {
  return [
    own('POST', /^\/users\/me\/password$/, () => jsonResponse({ message: 'Changed.' })),
    own('POST', /^\/users\/me\/delete$/, () => {
      context.tokens.oldestAccess = context.tokens.generation + 1;
      return jsonResponse({ message: 'Deleted.' });
    }),
    own('GET', /^\/users\/me\/export$/, () => exportAll(context)),
    own('GET', /^\/sessions$/, () =>
      jsonResponse({ sessions: [onlySession(context)], next_cursor: null }),
    ),
    own('POST', /^\/sessions\/revoke-others$/, () =>
      jsonResponse({ message: 'Signed out elsewhere.', revoked: 0 }),
    ),
    own('DELETE', /^\/sessions\/([\da-f-]+)$/, ({ id }) => {
      if (id !== context.user.user_id) return errorResponse('not_found');
      context.tokens.oldestAccess = context.tokens.generation + 1;
      return jsonResponse({ message: 'Ended.' });
    }),
    own('POST', /^\/chats\/vote\/details$/, (call) => explainVote(context, call)),
    own('DELETE', /^\/chats\/[\da-f-]+\/messages\/([\da-f-]+)$/, (call) =>
      deleteMessage(context, call),
    ),
    own('GET', /^\/search$/, (call) => search(context, call)),
    own('GET', /^\/usage$/, (call) => sumUsage(context, call)),
    own('GET', /^\/presets$/, ({ query }) => {
      const presets = [...context.presets.values()].reverse();
      const from = Number(query.get('cursor') ?? 0);
      const until = from + Number(query.get('limit') ?? 30);
      const next_cursor = until < presets.length ? String(until) : null;
      return jsonResponse({ presets: presets.slice(from, until), next_cursor });
    }),
    own('POST', /^\/presets$/, ({ body }) => {
      const { sequence } = context;
      const preset_id = sequence.id();
      const times = { created_at: sequence.time(), updated_at: sequence.time() };
      const given = { parameters: {}, ...body } as Pick<Preset, 'name' | 'parameters'>;
      return keepPreset(context, { ...given, ...times, preset_id, version: 1 }, 201);
    }),
    own('GET', /^\/presets\/([\da-f-]+)$/, ({ id }) => {
      const preset = context.presets.get(id);
      return preset ? jsonResponse(preset) : errorResponse('not_found');
    }),
    own('PATCH', /^\/presets\/([\da-f-]+)$/, ({ id, body }) => {
      const preset = context.presets.get(id);
      if (!preset) return errorResponse('not_found');
      return keepPreset(context, { ...preset, ...body, version: preset.version + 1 });
    }),
    own('DELETE', /^\/presets\/([\da-f-]+)$/, ({ id }) =>
      context.presets.delete(id)
        ? jsonResponse({ message: 'Deleted.' })
        : errorResponse('not_found'),
    ),
  ];
}

function keepPreset({ presets }: ReplayContext, preset: Preset, status = 200): Response {
  presets.set(preset.preset_id, preset);
  return jsonResponse(preset, status);
}

/** A session's id is its user's: there is one of each. */
function onlySession({ user }: ReplayContext): Session {
  const { created_at } = user;
  return {
    session_id: user.user_id,
    user_agent: 'replay',
    current: true,
    created_at,
    last_used_at: created_at,
    expires_at: new Date(Date.parse(created_at) + DAY_MS).toISOString(),
  };
}

function explainVote({ chats }: ReplayContext, { body }: ReplayCall): Response {
  const message = chats.messages.get(String(body.message_id));
  if (!message) return errorResponse('not_found');
  if (message.vote === null) return errorResponse('conflict', 'There is no vote to explain.');
  const { tags = [], comment = '' } = body as Partial<VoteDetails>;
  const vote_details = { tags, comment };
  const { chat_id, message_id, vote, version } = chats.changeMessage(message, { vote_details });
  return jsonResponse({ chat_id, message_id, vote, vote_details, version });
}

function deleteMessage({ chats, sequence }: ReplayContext, { id }: ReplayCall): Response {
  const message = chats.messages.get(id);
  const chat = chats.chats.get(message?.chat_id ?? '');
  if (!message || !chat) return errorResponse('not_found');
  const { chat_id, message_id, parent_id } = message;
  const isFollowed = [...chats.messages.values()].some((other) => other.parent_id === message_id);
  if (isFollowed) {
    chats.changeMessage(message, { content: '', reasoning: '', deleted_at: sequence.time() });
    return jsonResponse({ chat_id, message_id, outcome: 'emptied', chat: chats.change(chat, {}) });
  }
  chats.messages.delete(message_id);
  const isShown = chat.active_message_id === message_id;
  const beside = [...chats.messages.values()]
    .filter((other) => other.chat_id === chat_id && other.parent_id === parent_id)
    .at(-1);
  const active_message_id = beside ? chats.newestLeaf(beside.message_id) : parent_id;
  const after = chats.change(chat, isShown ? { active_message_id } : {});
  return jsonResponse({ chat_id, message_id, outcome: 'removed', chat: after });
}

/** Where the words are in a text; empty when not all of them are. */
function findWords(text: string, words: readonly string[]): [number, number][] {
  const lower = text.toLowerCase();
  const at = words.map((word): [number, number] => [
    lower.indexOf(word),
    lower.indexOf(word) + word.length,
  ]);
  return at.every(([from]) => from >= 0) ? at.sort(([a], [b]) => a - b) : [];
}

function search({ chats }: ReplayContext, { query }: ReplayCall): Response {
  const words = (query.get('q') ?? '').toLowerCase().trim().split(/\s+/);
  const from = Number(query.get('cursor') ?? 0);
  const until = from + Number(query.get('limit') ?? 30);
  const hits = [...chats.messages.values()].reverse().flatMap((message) => {
    const snippet = message.content.replaceAll('\n', ' ').slice(0, SNIPPET_LENGTH);
    const ranges = findWords(snippet, words);
    const { message_id, chat_id, role, created_at } = message;
    const chat_title = chats.chats.get(chat_id)?.chat_title ?? null;
    return ranges.length === 0
      ? []
      : [{ message_id, chat_id, chat_title, role, snippet, ranges, created_at }];
  });
  const titles = chats
    .list()
    .map((chat) => ({ chat, ranges: findWords(chat.chat_title ?? '', words) }))
    .filter(({ ranges }) => ranges.length > 0);
  return jsonResponse({
    chats: from === 0 ? titles : [],
    messages: hits.slice(from, until),
    next_cursor: until < hits.length ? String(until) : null,
  });
}

function exportAll({ user, presets, chats }: ReplayContext): Response {
  const lines: ExportLine[] = [
    { kind: 'user', user },
    ...[...presets.values()].map((preset): ExportLine => ({ kind: 'preset', preset })),
    ...chats.list().map((chat): ExportLine => ({ kind: 'chat', chat })),
    ...[...chats.messages.values()].map((message): ExportLine => ({
      kind: 'message',
      message: withoutPlace(message),
    })),
  ];
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  return new Response(text, { headers: { 'content-type': 'application/x-ndjson' } });
}

type Exported = Extract<ExportLine, { kind: 'message' }>['message'];

/** An exported message stands by itself, wherever it stood among its versions. */
function withoutPlace(message: Message): Exported {
  const fields = Object.entries(message).filter(([name]) => !name.includes('sibling'));
  return Object.fromEntries(fields) as Exported;
}
