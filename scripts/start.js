import { buildWhatIsStale } from './build.js';

await buildWhatIsStale();
// In this very process, so that a signal reaches the server and not a shell in between.
await import('../packages/server/dist/bin.js');
