/** For runtimes with a command line: `<runtime> run-tour.js <address>` prints the tour's facts. */
import * as sdk from '@chat-playground/sdk';
import { tour } from './tour.js';

const baseUrl = (globalThis.Deno?.args ?? globalThis.process.argv.slice(2))[0];
console.log(JSON.stringify(await tour(sdk, baseUrl)));
