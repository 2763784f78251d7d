import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isEndingEvent, streamEventSchemas, type StreamEventName } from './index.js';

const folder = new URL('./golden/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.sse'));
const FRAME = /^id: (\d+)\nevent: ([a-z-]+)\ndata: (.+)$/;

function read(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8');
}

function frames(name: string): { seq: number; event: string; data: unknown }[] {
  const blocks = read(name).split('\n\n');
  expect(blocks.pop()).toBe('');
  return blocks.map((block) => {
    const [, seq, event = '', data = ''] = FRAME.exec(block) ?? [];
    return { seq: Number(seq), event, data: JSON.parse(data) as unknown };
  });
}

describe('golden transcripts', () => {
  it('are all six there', () => {
    expect(names.sort()).toEqual(
      ['cut-utf8', 'error', 'happy', 'reasoning', 'resumed', 'stopped'].map(
        (name) => `${name}.sse`,
      ),
    );
  });

  it.each(names)('%s: every frame is exact, in sequence and valid', (name) => {
    const all = frames(name);
    const first = name === 'resumed.sse' ? 5 : 1;
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => first + index));
    for (const { event, data } of all) {
      const schema = streamEventSchemas[event as StreamEventName];
      expect(schema.parse(data)).toEqual(data);
    }
    expect(all.filter(isEndingEvent)).toEqual(all.slice(-1));
  });

  it('resumed.sse is the tail of cut-utf8.sse', () => {
    const tail = read('resumed.sse');
    expect(tail.startsWith('id: 5\n')).toBe(true);
    expect(read('cut-utf8.sse').endsWith(tail)).toBe(true);
  });
});
