import { describe, expect, it } from 'vitest';
import { readBounded } from './bounded-body.js';

/** A body of so many kilobytes that counts what was taken of it. */
function bodyOf(kilobytes: number) {
  const taken = { kilobytes: 0, isCancelled: false };
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (taken.kilobytes === kilobytes) return controller.close();
      taken.kilobytes += 1;
      controller.enqueue(new Uint8Array(1024).fill(0x61));
    },
    cancel() {
      taken.isCancelled = true;
    },
  });
  return { body, taken };
}

describe('readBounded', () => {
  it('reads a body up to its limit', async () => {
    const { body } = bodyOf(4);
    expect(await readBounded(body, 4096)).toBe('a'.repeat(4096));
    expect(await readBounded(null, 10)).toBe('');
  });

  it('leaves an endless one soon after the limit', async () => {
    const { body, taken } = bodyOf(Infinity);
    expect(await readBounded(body, 4096)).toBeNull();
    expect(taken.kilobytes).toBeLessThan(10);
    expect(taken.isCancelled).toBe(true);
  });
});
