/** Runs once when the server starts. */
export async function register(): Promise<void> {
  // Imported here, so that it is left out of what Next builds for runtimes that have no process.
  if (process.env.NEXT_RUNTIME === 'nodejs')
    (await import('./check-environment')).checkEnvironment();
}
