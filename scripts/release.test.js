import { execFile, execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPublishingProblem, spreadRepository } from './release-checks.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const runFile = promisify(execFile);
const PACKAGES = ['packages/sdk', 'packages/widget', 'packages/server'];
const TRIAL = 'What a trial of the release has changed.';
const NO_REGISTRY = /E(NOTFOUND|AI_AGAIN|CONNREFUSED|NETUNREACH)\b/;
const OWN = 'git+https://github.com/acme/chat-playground.git';
const IN_WORKFLOW = {
  GITHUB_REPOSITORY: 'acme/chat-playground',
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://example.com',
};

/** A throwaway repository with all that a release reads and writes, and nothing else. */
let tree;

const read = (...path) => readFileSync(join(tree, ...path), 'utf8');
const readJson = (...path) => JSON.parse(read(...path));
const git = (...args) => execFileSync('git', args, { cwd: tree });

function editManifest(folder, edit) {
  const manifest = readJson(folder, 'package.json');
  edit(manifest);
  writeFileSync(join(tree, folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Runs a program in the throwaway repository. @returns exit code and all it said */
async function runThere(file, ...args) {
  // Whoever runs these tests, a workflow that may publish among them: nothing here ever does.
  const env = { ...process.env, GITHUB_REPOSITORY: '', ACTIONS_ID_TOKEN_REQUEST_URL: '' };
  try {
    const { stdout, stderr } = await runFile(file, args, { cwd: tree, env });
    return { code: 0, said: stdout + stderr };
  } catch ({ code, stdout, stderr }) {
    return { code, said: stdout + stderr };
  }
}

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'chat-playground-release-'));
  const files = ['package.json', 'package-lock.json', 'changeset.config.json', '.npmrc', 'scripts'];
  for (const name of [...files, '.changeset', ...PACKAGES]) {
    cpSync(join(root, name), join(tree, name), {
      recursive: true,
      filter: (path) => !/^(node_modules|src|\.wireit|docs)$/.test(basename(path)),
    });
  }
  rmSync(join(tree, '.changeset/config.json'));
  symlinkSync('../changeset.config.json', join(tree, '.changeset/config.json'));
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  const trial = `---\n'@chat-playground/sdk': patch\n---\n\n${TRIAL}\n`;
  writeFileSync(join(tree, '.changeset/trial.md'), trial);
  writeFileSync(join(tree, '.gitignore'), 'node_modules\ndist\n');
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '.');
  const author = ['-c', 'user.name=Trial', '-c', 'user.email=trial@example.com'];
  git(...author, 'commit', '--quiet', '--message', 'Trial');
});
afterAll(() => rmSync(tree, { recursive: true, force: true }));

describe('a release, up to the point where it would leave the house', () => {
  it('knows which packages wait for which version', async () => {
    const { code, said } = await runThere('npx', 'changeset', 'status', '--output', 'plan.json');
    expect(code, said).toBe(0);
    const { releases } = readJson('plan.json');
    const names = PACKAGES.map((folder) => readJson(folder, 'package.json').name);
    expect(releases.map(({ name }) => name).sort()).toEqual(names.sort());
    expect(new Set(releases.map(({ newVersion }) => newVersion)).size).toBe(1);
  });

  it('raises every version together, with changelogs, origins and the lock file', async () => {
    const { version: before } = readJson('packages/sdk/package.json');
    const { code, said } = await runThere('npm', 'run', 'release:version');
    expect(code, said).toBe(0);

    const { version } = readJson('packages/sdk/package.json');
    expect(version).not.toBe(before);
    const { packages } = readJson('package-lock.json');
    for (const folder of PACKAGES) {
      const manifest = readJson(folder, 'package.json');
      expect(manifest.version).toBe(version);
      expect(packages[folder].version).toBe(version);
      expect(read(folder, 'CHANGELOG.md')).toContain(`\n## ${version}\n`);
      expect(manifest.repository).toEqual({
        ...readJson('package.json').repository,
        directory: folder,
      });
      expect(manifest.publishConfig).toEqual({ access: 'public', provenance: true });
      const siblings = Object.entries(manifest.dependencies).filter(([name]) =>
        name.startsWith('@chat-playground/'),
      );
      for (const [, wanted] of siblings) expect(wanted).toBe(version);
    }
    expect(read('packages/sdk/CHANGELOG.md')).toContain(TRIAL);
    expect(readdirSync(join(tree, '.changeset'))).toEqual(['config.json']);
  });

  it.for(PACKAGES)('has a publication of %s that npm would take', async (folder, { skip }) => {
    const { name, version } = readJson(folder, 'package.json');
    const { code, said } = await runThere('npm', 'publish', '--dry-run', `./${folder}`);
    skip(NO_REGISTRY.test(said), 'npm cannot reach its registry');
    expect(code, said).toBe(0);
    expect(said).toContain(`+ ${name}@${version}`);
    expect(said).toContain('public access');
    // npm mends mistakes in a package.json on its way out, and says so.
    expect(said).not.toContain('auto-corrected');
  });
});

describe('what may be published', () => {
  it('is nothing while the project has no home of its own', async () => {
    const { code, said } = await runThere('npm', 'run', 'release:publish');
    expect(code).toBe(1);
    expect(said).toContain(findPublishingProblem(tree, IN_WORKFLOW));
    expect(said).not.toContain('changeset');
  });

  it('is all, from the workflow of the project’s home', () => {
    editManifest('.', (manifest) => (manifest.repository.url = OWN));
    expect(findPublishingProblem(tree, IN_WORKFLOW)).toContain('packages/sdk/package.json');
    spreadRepository(tree);
    expect(findPublishingProblem(tree, IN_WORKFLOW)).toBeNull();
  });

  it('is nothing from anywhere else', () => {
    expect(findPublishingProblem(tree, {})).toContain('release.yml');
    const elsewhere = { ...IN_WORKFLOW, GITHUB_REPOSITORY: 'mallory/chat-playground' };
    expect(findPublishingProblem(tree, elsewhere)).toContain('mallory/chat-playground');
  });

  it('is published by a workflow that may sign a provenance, and runs these scripts', () => {
    const workflow = readFileSync(join(root, '.github/workflows/release.yml'), 'utf8');
    expect(workflow).toMatch(/^ {6}id-token: write\b/m);
    const called = [...workflow.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name);
    expect(called).toEqual(['release:version', 'release:publish']);
    expect(Object.keys(readJson('package.json').scripts)).toEqual(expect.arrayContaining(called));
  });
});
