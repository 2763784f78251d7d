import type { Source } from '../ports/source.js';

/**
 * A source's batches, given no faster than they are asked for. Who leaves before the end must end
 * the source as well.
 */
export async function* iterate<Item>(
  source: Source<Item>,
): AsyncGenerator<readonly Item[], void, undefined> {
  const queue = new TransformStream<readonly Item[]>(undefined, undefined, { highWaterMark: 0 });
  const writer = queue.writable.getWriter();
  source((batch) => writer.write(batch))
    .then(() => writer.close())
    .catch((error: unknown) => writer.abort(error))
    .catch(() => undefined);
  yield* queue.readable;
}
