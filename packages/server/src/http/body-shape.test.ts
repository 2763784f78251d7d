import { describe, expect, it } from 'vitest';
import { findBadShape, MAX_BODY_DEPTH, MAX_BODY_ENTRIES } from './body-shape.js';

const shapeOf = (text: string) => findBadShape(new TextEncoder().encode(text));
const nested = (depth: number, open: string, close: string) =>
  open.repeat(depth) + close.repeat(depth);

describe('the shape of a body', () => {
  it('is good up to its bounds', () => {
    expect(shapeOf(nested(MAX_BODY_DEPTH, '[', ']'))).toBeNull();
    expect(shapeOf(nested(MAX_BODY_DEPTH + 1, '[', ']'))).toMatch('32 deep');
    expect(shapeOf(nested(MAX_BODY_DEPTH + 1, '{"a":', '}'))).toMatch('32 deep');
    // The list itself, and a comma for each but the first.
    expect(shapeOf(JSON.stringify(Array(MAX_BODY_ENTRIES).fill(1)))).toBeNull();
    expect(shapeOf(JSON.stringify(Array(MAX_BODY_ENTRIES + 1).fill(1)))).toMatch('2000 entries');
  });

  it('is not that of its texts, whatever ends, escapes or follows them', () => {
    const odd = '[{,:"[,\\\\"]}ก😀\u2028\n\u0000';
    for (let start = 0; start < odd.length; start++) {
      const text = odd.slice(start).repeat(5_000);
      expect(shapeOf(JSON.stringify({ [text]: [text, text] }))).toBeNull();
      expect(shapeOf(JSON.stringify({ [text]: Array(3_000).fill('') }))).toMatch('2000 entries');
    }
  });

  it('cannot be hidden by what is no JSON', () => {
    const much = '[],'.repeat(3_000);
    for (const before of [']]]]', '\\', '""', '"\\""', "'", '\u0000', '/*', '//', '\ufeff']) {
      expect(shapeOf(`${before}${much}`)).not.toBeNull();
    }
  });
});
