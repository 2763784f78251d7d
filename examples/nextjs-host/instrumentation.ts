import { serverAddress } from './server-address';

/** Runs once when the server starts: a missing or wrong address is told then, not to a visitor. */
export function register(): void {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  try {
    serverAddress(process.env);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    // Thrown on, it would be logged, and the server would go on to fail at every request.
    process.exit(1);
  }
}
