import type { RunningServer } from './server.js';

/** npm passes on the Ctrl+C that the terminal has delivered already: both are one wish. */
const SAME_WISH_MS = 500;
const EXIT_AT_ONCE = 130;

/**
 * On SIGTERM or SIGINT lets replies finish, then ends the process; a second one ends it at once.
 *
 * @param drainMs how long replies may take
 */
export function stopOnSignals(server: Pick<RunningServer, 'stop'>, drainMs: number): void {
  let since: number | undefined;
  const handleSignal = () => {
    if (since !== undefined) {
      if (performance.now() - since > SAME_WISH_MS) process.exit(EXIT_AT_ONCE);
      return;
    }
    since = performance.now();
    server.stop(drainMs).then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`The server did not stop cleanly: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', handleSignal);
  process.on('SIGINT', handleSignal);
}
