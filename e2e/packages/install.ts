import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { outsideEnvironment, PACKAGES, root } from './outside.js';

/** A package as npm would send it to the registry. */
export interface Tarball {
  name: string;
  version: string;
  /** Absolute path. */
  file: string;
  files: string[];
  /** Bytes. */
  size: number;
}

/** A project of a stranger, who has installed the packages and knows nothing of this repository. */
export interface InstalledProject {
  folder: string;
  tarballs: Tarball[];
  /** Why nothing could be installed, in one line. */
  missing?: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    project: InstalledProject;
  }
}

const run = promisify(execFile);
const NO_REGISTRY = /E(?:NOTFOUND|AI_AGAIN|CONNREFUSED|NETUNREACH|HOSTUNREACH|TIMEDOUT)\b/;

/** Packs the packages and installs them once, for all tests of this suite. */
export default async function setup({ provide }: TestProject): Promise<() => void> {
  const workspace = mkdtempSync(join(tmpdir(), 'chat-playground-packages-'));
  const folder = join(workspace, 'project');
  const tarballs = await pack(workspace);
  mkdirSync(folder);
  cpSync(fileURLToPath(new URL('consumer', import.meta.url)), folder, { recursive: true });
  // The same program, as a CommonJS module.
  cpSync(join(folder, 'typed.mts'), join(folder, 'typed.cts'));
  const missing = await install(folder, tarballs);
  if (missing !== undefined) console.log(`Skipped what needs installed packages: ${missing}.`);
  provide('project', { folder, tarballs, ...(missing !== undefined && { missing }) });
  return () => rmSync(workspace, { recursive: true, force: true });
}

async function pack(folder: string): Promise<Tarball[]> {
  const workspaces = PACKAGES.flatMap((name) => ['--workspace', `packages/${name}`]);
  const { stdout } = await run(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', folder, ...workspaces],
    { cwd: root, env: outsideEnvironment() },
  );
  const packed = JSON.parse(stdout) as (Omit<Tarball, 'file' | 'files'> & {
    filename: string;
    files: { path: string }[];
  })[];
  return packed.map(({ name, version, filename, files, size }) => ({
    name,
    version,
    size,
    file: join(folder, filename),
    files: files.map(({ path }) => path),
  }));
}

/** @returns why it could not be done, where the reason is that there is no network */
async function install(folder: string, tarballs: Tarball[]): Promise<string | undefined> {
  writeFileSync(join(folder, 'package.json'), '{ "name": "stranger", "private": true }');
  const { devDependencies } = JSON.parse(
    readFileSync(join(root, 'packages/widget/package.json'), 'utf8'),
  ) as { devDependencies: Record<string, string> };
  const react = ['react', 'react-dom', '@types/react', '@types/react-dom'];
  const wanted = [
    ...tarballs.map(({ file }) => file),
    ...react.map((name) => `${name}@${devDependencies[name] ?? 'latest'}`),
  ];
  try {
    await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...wanted], {
      cwd: folder,
      env: outsideEnvironment(),
    });
    return undefined;
  } catch (error) {
    const { stderr = String(error) } = error as { stderr?: string };
    if (!NO_REGISTRY.test(stderr))
      throw new Error(`npm install failed:\n${stderr}`, { cause: error });
    return 'npm cannot reach its registry';
  }
}
