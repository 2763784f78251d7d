import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { createReplayServer, listenReplay } from './testing/index.js';

const run = promisify(execFile);
const folder = fileURLToPath(new URL('../', import.meta.url));
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const examples = [...readme.matchAll(/^```js\n([\s\S]*?)^```/gm)].map(([, code = '']) => code);

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

/** What each example prints, in the order of the README; they run as a reader would run them. */
const PRINTED = [
  /สวัสดี, \$\{name\}! 👋/,
  /tabs travel too\.\nassistant\nuser\n$/,
  /user: What can you do\?\nassistant: Here is a \*\*function\*\*/,
  /^17 × 3 = \*\*51\*\*\n\d+\n$/,
];

describe('the examples of the README', () => {
  it('are the ones known here', () => {
    expect(examples).toHaveLength(PRINTED.length);
  });

  it.each(PRINTED.map((printed, index) => [index, printed] as const))(
    'example %i prints what it promises',
    async (index, printed) => {
      const { url, close } = await listenReplay(createReplayServer());
      endings.push(close);
      const code = (examples[index] ?? '').replaceAll('http://localhost:5001', url);
      const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', code], {
        cwd: folder,
      });
      expect(stdout).toMatch(printed);
    },
  );
});
