/**
 * The two halves of a release:
 *
 *   npm run release:version    makes new versions and changelogs of what .changeset/ holds
 *   npm run release:publish    builds, tests and publishes what the registry does not have yet;
 *                              with -- --tested it takes the tests for passed
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { findPublishingProblem, spreadRepository } from './release-checks.js';
import { run } from './run.js';

const root = process.cwd();
const changesets = join(
  dirname(createRequire(join(root, 'package.json')).resolve('@changesets/cli/package.json')),
  'bin.js',
);

/** Ends the process with the step's code, should it fail. */
async function step(command, ...args) {
  const code = await run(command, args, { cwd: root });
  if (code !== 0) process.exit(code);
}

async function version() {
  await step(process.execPath, changesets, 'version');
  spreadRepository(root);
  // The lock file names the packages' versions too.
  await step(
    'npm',
    'install',
    '--package-lock-only',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
  );
}

async function publish({ tested }) {
  const problem = findPublishingProblem(root, process.env);
  if (problem !== null) {
    console.error(problem);
    process.exit(1);
  }
  await step('npm', 'run', 'build');
  if (!tested) await step('npm', 'test');
  await step(process.execPath, changesets, 'publish');
}

const [verb, ...flags] = process.argv.slice(2);
if (verb === 'version') await version();
else if (verb === 'publish') await publish({ tested: flags.includes('--tested') });
else {
  console.error(`Unknown step ${verb}; there are version and publish.`);
  process.exit(1);
}
