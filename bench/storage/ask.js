import { pick } from '../figures/random.js';
import { quantile } from '../figures/quantile.js';
import { call, readJson } from '../load/target.js';
import { pickWord, wordAt } from '../texts/word-list.js';

const PAGE = 30;
const WARM_UP = 5;
const MAX_WARM_UP_MS = 1_000;

/**
 * Asks a server for pages of lists, of chats and of search, one after the other, each time for
 * another one. A search is followed to its first messages or its end, as clients do.
 *
 * @param {{ origin: string, token: string, random: () => number, times: number, maxMs: number }} options
 *   `maxMs`: for each kind of request; a slow one is asked less often than `times`
 * @returns {Promise<Record<string, Asked>>}
 *
 * @typedef {{ count: number, p50: number, p95: number, max: number, whole: Whole }} Asked
 *   milliseconds of a request
 * @typedef {{ count: number, p50: number, p95: number, max: number, mostRequests: number }} Whole
 *   milliseconds of all requests an answer took
 */
export async function askForPages({ origin, token, random, times, maxMs }) {
  const get = async (path) => readJson(await call(`${origin}/api${path}`, { token }));
  const { chatIds, cursors } = await walkChats(get);
  const word = () => encodeURIComponent(pickWord(random));
  const asks = {
    'first page of chats': () => `/chats?limit=${PAGE}`,
    'any page of chats': () => `/chats?limit=${PAGE}&cursor=${pick(random, cursors)}`,
    'chats by a word of the title': () => `/chats?limit=${PAGE}&q=${word()}`,
    'page of messages': () => `/chats/${pick(random, chatIds)}/messages?limit=${PAGE}`,
    'search, any word': () => `/search?limit=${PAGE}&q=${word()}`,
    'search, two words': () => `/search?limit=${PAGE}&q=${word()}%20${word()}`,
    'search, the most frequent word': () => `/search?limit=${PAGE}&q=${wordAt(0)}`,
    // Its three-letter parts are in many messages, itself in none.
    'search, a word only parts of which exist': () => `/search?limit=${PAGE}&q=lamokala`,
    'search, no such word': () => `/search?limit=${PAGE}&q=zzyzx`,
  };
  const results = {};
  for (const [name, makePath] of Object.entries(asks)) {
    const ask = (until) => followFrom(get, makePath(), until);
    await askAgain(ask, { times: WARM_UP, maxMs: MAX_WARM_UP_MS });
    results[name] = summarizeAll(await askAgain(ask, { times, maxMs }));
  }
  return results;
}

/** All chats of the user, and the cursors met on the way. */
async function walkChats(get) {
  const chatIds = [];
  const cursors = [];
  for (let query = ''; ; query = `&cursor=${cursors.at(-1)}`) {
    const { chats, next_cursor: next } = await get(`/chats?limit=${PAGE}${query}`);
    chatIds.push(...chats.map((chat) => chat.chat_id));
    if (next === null) return { chatIds, cursors };
    cursors.push(encodeURIComponent(next));
  }
}

/**
 * Asks until there is something, nothing is left or it is too late.
 *
 * @returns {Promise<number[]>} what each request took
 */
async function followFrom(get, path, until) {
  const taken = [];
  for (let query = ''; ;) {
    const at = performance.now();
    const { messages, next_cursor: next } = await get(path + query);
    const now = performance.now();
    taken.push(now - at);
    if (messages?.length !== 0 || next === null || now > until) return taken;
    query = `&cursor=${encodeURIComponent(next)}`;
  }
}

async function askAgain(ask, { times, maxMs }) {
  const asked = [];
  const until = performance.now() + maxMs;
  while (asked.length < times && performance.now() < until) asked.push(await ask(until));
  return asked;
}

function summarizeAll(asked) {
  const wholes = asked.map((taken) => taken.reduce((sum, ms) => sum + ms, 0));
  const requests = asked.map(({ length }) => length);
  return {
    ...summarize(asked.flat()),
    whole: { ...summarize(wholes), mostRequests: Math.max(...requests) },
  };
}

function summarize(taken) {
  const [p50, p95, max] = [0.5, 0.95, 1].map((share) => quantile(taken, share));
  return { count: taken.length, p50, p95, max };
}
