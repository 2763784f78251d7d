import { expect, it } from 'vitest';
import { readFrames } from './read-frames.js';

const AN_HOUR_MS = 3_600_000;
const frame = (seq: number) => new TextEncoder().encode(`id: ${seq}\ndata: ${seq}\n\n`);

it('hands on what it has before it pauses, and goes on at once when the signal fires', async () => {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(frame(1));
      controller.enqueue(frame(2));
      controller.close();
    },
  });
  const leaving = new AbortController();
  let reads = 0;
  const onRead = () => (reads += 1);
  const told: number[] = [];
  const pause = (events: number) => {
    told.push(events);
    return AN_HOUR_MS;
  };
  const batches = readFrames(body, { onRead, pause, signal: leaving.signal });
  expect((await batches.next()).value).toMatchObject([{ id: '1' }]);
  const second = batches.next();
  expect(reads).toBe(1);
  leaving.abort();
  expect((await second).value).toMatchObject([{ id: '2' }]);
  expect(reads).toBe(2);
  expect(told).toEqual([1]);
});
