import { pick } from '../figures/random.js';
import { quantile } from '../figures/quantile.js';
import { call, readJson } from '../load/target.js';
import { pickWord, wordAt } from '../texts/word-list.js';

const PAGE = 30;
const WARM_UP = 5;
/** A kind of request that is slow is asked less often. */
const MAX_MS = 20_000;

/**
 * Asks a server for pages of lists, of chats and of search, one after the other, each time for
 * another one.
 *
 * @param {{ origin: string, token: string, random: () => number, times: number }} options
 * @returns {Promise<Record<string, { count: number, p50: number, p95: number, max: number }>>} milliseconds
 */
export async function askForPages({ origin, token, random, times }) {
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
    for (let time = 0; time < WARM_UP; time += 1) await get(makePath());
    results[name] = await measure(() => get(makePath()), times);
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

async function measure(ask, times) {
  const taken = [];
  const startedAt = performance.now();
  while (taken.length < times && performance.now() - startedAt < MAX_MS) {
    const at = performance.now();
    await ask();
    taken.push(performance.now() - at);
  }
  const [p50, p95, max] = [0.5, 0.95, 1].map((share) => quantile(taken, share));
  return { count: taken.length, p50, p95, max };
}
