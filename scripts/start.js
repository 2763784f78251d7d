import { buildWhatIsStale } from './build.js';
import { endWithParent } from './end-with-parent.js';

const parent = process.ppid;
await buildWhatIsStale();
// In this very process, so that a signal reaches the server and not a shell in between.
await import('../packages/server/dist/bin.js');
// Started by hand it may outlive the terminal; of npm's there would be nobody left to end it.
if (process.env.npm_lifecycle_event !== undefined) endWithParent(parent);
