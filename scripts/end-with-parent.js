/** How often the parent is looked for: soon enough for whoever waits for the port, and no work. */
const LOOK_EVERY_MS = 250;

/**
 * Ends this process as SIGTERM would once its parent is gone. npm passes a signal on to the shell that
 * it runs scripts in, and most shells die of it without a word to the script.
 *
 * @param {number} parent id of the process that started this one, asked for at the start
 */
export function endWithParent(parent) {
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_EVERY_MS).unref();
  // A second signal would end at once what the first one lets finish.
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => clearInterval(look));
}
