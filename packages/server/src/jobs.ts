import type { Logger } from './ports/logger.js';

/** Something done again and again while the server runs. */
export interface Job {
  name: string;
  everyMs: number;
  run: () => Promise<unknown>;
}

/**
 * Runs each job now and then at its pace, never beside itself. A failure is logged and tried again next time.
 *
 * @returns the removal; it resolves when nothing runs any longer
 */
export function startJobs(jobs: readonly Job[], logger: Logger): () => Promise<void> {
  const running = new Map<Job, Promise<void>>();
  const begin = (job: Job) => {
    if (running.has(job)) return;
    const done = job
      .run()
      .then(() => undefined)
      .catch((error: unknown) => logger.error({ err: error, job: job.name }, 'a job failed'))
      .finally(() => running.delete(job));
    running.set(job, done);
  };
  jobs.forEach(begin);
  // Unreferenced: a job waiting for its turn keeps no process alive.
  const timers = jobs.map((job) => setInterval(() => begin(job), job.everyMs).unref());
  return async () => {
    timers.forEach((timer) => clearInterval(timer));
    await Promise.all(running.values());
  };
}
