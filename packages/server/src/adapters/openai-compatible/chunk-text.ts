import type { ThoughtOrText } from './think-tags.js';

type Said = Extract<ThoughtOrText, { text: string }>;
type Fields = Readonly<Record<string, unknown>>;

/** No provider nests parts deeper. */
const MAX_DEPTH = 6;
const THOUGHT_KIND = /think|reason|thought|summary/i;
/** Where a part keeps its text. */
const TEXT_KEYS = ['text', 'content', 'value', 'output_text', 'refusal'] as const;
const THOUGHT_KEYS = ['thinking', 'reasoning', 'thought', 'summary'] as const;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Adds what a delta, or a whole message, says and thinks. Of unknown kinds, what carries text. */
export function readDelta(delta: unknown, said: Said[]): void {
  if (typeof delta === 'string') return add(said, 'text', delta);
  if (!isFields(delta)) return;
  readThoughts(delta, said);
  const before = said.length;
  readParts(delta.content, 'text', said, 0);
  const hasText = said.slice(before).some(({ type }) => type === 'text');
  if (!hasText) readParts(delta.refusal, 'text', said, 0);
}

/** Providers send one thought under several names; the first that holds any is taken. */
function readThoughts(delta: Fields, said: Said[]): void {
  const { reasoning_content: content, reasoning, thinking, reasoning_text: text } = delta;
  for (const thought of [content, reasoning, text, thinking, delta.reasoning_details]) {
    if (thought === undefined || thought === null || thought === '') continue;
    const before = said.length;
    readParts(thought, 'reasoning', said, 0);
    if (said.length > before) return;
  }
}

function readParts(value: unknown, type: Said['type'], said: Said[], depth: number): void {
  if (typeof value === 'string') return add(said, type, value);
  if (typeof value === 'number') return add(said, type, String(value));
  if (depth > MAX_DEPTH) return;
  if (Array.isArray(value)) {
    for (const part of value) readParts(part, type, said, depth + 1);
    return;
  }
  if (!isFields(value)) return;
  const kind = typeof value.type === 'string' && THOUGHT_KIND.test(value.type) ? 'reasoning' : type;
  for (const key of THOUGHT_KEYS) {
    if (readOne(value[key], 'reasoning', said, depth)) return;
  }
  for (const key of TEXT_KEYS) {
    if (readOne(value[key], kind, said, depth)) return;
  }
}

/** @returns whether there was any text */
function readOne(value: unknown, type: Said['type'], said: Said[], depth: number): boolean {
  const before = said.length;
  readParts(value, type, said, depth + 1);
  return said.length > before;
}

function add(said: Said[], type: Said['type'], text: string): void {
  if (text !== '') said.push({ type, text });
}
