/**
 * Runs tasks of one key one after the other, and those of different keys side by side. Two sends to
 * one chat must not both find it idle.
 */
export function createKeyedLock(): <Result>(
  key: string,
  task: () => Promise<Result>,
) => Promise<Result> {
  const tails = new Map<string, Promise<unknown>>();
  return async (key, task) => {
    const before = tails.get(key);
    const turn = (before ?? Promise.resolve()).then(task, task);
    tails.set(key, turn);
    try {
      return await turn;
    } finally {
      if (tails.get(key) === turn) tails.delete(key);
    }
  };
}
