import { serverAddress } from './server-address';

/** Ends the process when the server's address is missing or wrong: nobody is served half a page. */
export function checkEnvironment(): void {
  try {
    serverAddress(process.env);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    // Thrown on, it would be logged, and every request would fail.
    process.exit(1);
  }
}
