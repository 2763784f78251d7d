import { afterEach, expect, it, vi } from 'vitest';
import { withLock } from './lock.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Locks as a browser shares them between tabs: one holder a name, the others in line. */
function stubLocks() {
  const tails = new Map<string, Promise<unknown>>();
  const names: string[] = [];
  const request = (name: string, _: unknown, work: () => Promise<unknown>) => {
    names.push(name);
    const turn = (tails.get(name) ?? Promise.resolve()).then(work);
    tails.set(
      name,
      turn.catch(() => undefined),
    );
    return turn;
  };
  vi.stubGlobal('navigator', { locks: { request } });
  return names;
}

it('runs work under one name one after the other', async () => {
  const names = stubLocks();
  let running = 0;
  const work = async () => {
    running += 1;
    expect(running).toBe(1);
    await Promise.resolve();
    running -= 1;
    return 'done';
  };
  expect(await Promise.all([withLock('a', work), withLock('a', work)])).toEqual(['done', 'done']);
  expect(names).toEqual(['a', 'a']);
});

it('hands on what the work throws, and does not run it twice for that', async () => {
  stubLocks();
  let runs = 0;
  const failing = withLock('a', async () => {
    runs += 1;
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(runs).toBe(1);
});

it('runs the work without the lock when it cannot be had', async () => {
  const request = () => Promise.reject(new DOMException('waited too long', 'TimeoutError'));
  vi.stubGlobal('navigator', { locks: { request } });
  expect(await withLock('a', async () => 'done')).toBe('done');
});

it('needs no locks where nothing is shared', async () => {
  const names = stubLocks();
  expect(await withLock(undefined, async () => 'done')).toBe('done');
  expect(names).toEqual([]);
});
