import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import dockerignore from '@balena/dockerignore';
import { readDockerfile, type Stage, type Step } from './read-dockerfile.js';

const execute = promisify(execFile);
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** What a build leaves: files, and how they are started. */
export interface Image {
  /** The folder that stands for `/`. */
  root: string;
  workdir: string;
  env: Record<string, string>;
  user: string;
  port: number | undefined;
  command: string[];
  healthcheck: string[];
}

interface BuildOptions {
  dockerfile: string;
  /** The folder that is sent to the build, but for what its .dockerignore names. */
  context: string;
  /** Where the stages' files go. */
  folder: string;
}

/** Builds targets of one Dockerfile; what they share is built once. */
export async function createBuilder({ dockerfile, context, folder }: BuildOptions) {
  const stages = readDockerfile(await readFile(dockerfile, 'utf8'));
  const ignored = dockerignore().add(await readFile(join(context, '.dockerignore'), 'utf8'));
  const built = new Map<string, Promise<Image>>();

  const build = (name: string): Promise<Image> => {
    const known = built.get(name);
    if (known) return known;
    const stage = stages.get(name);
    if (!stage) throw new Error(`The Dockerfile has no stage "${name}".`);
    const image = buildStage(stage);
    built.set(name, image);
    return image;
  };

  async function buildStage({ name, from, steps }: Stage): Promise<Image> {
    const root = join(folder, name);
    const base = stages.has(from) ? await build(from) : undefined;
    const image: Image = base
      ? { ...base, env: { ...base.env }, root }
      : {
          root,
          workdir: '/',
          env: {},
          user: 'root',
          port: undefined,
          command: [],
          healthcheck: [],
        };
    await mkdir(root, { recursive: true });
    // Links take no time and no space; what is changed in one stage is written anew, not in place.
    if (base) await execute('cp', ['-al', `${base.root}/.`, root]);
    for (const step of steps) await take(step, image);
    return image;
  }

  async function take(step: Step, image: Image): Promise<void> {
    switch (step.do) {
      case 'workdir':
        image.workdir = resolve(image.workdir, step.path);
        await mkdir(join(image.root, image.workdir), { recursive: true });
        return;
      case 'env':
        Object.assign(image.env, step.variables);
        return;
      case 'copy':
        return copy(step, image);
      case 'run':
        return runAsBuilder(step.command, image, folder);
      case 'user':
        image.user = step.user;
        return;
      case 'expose':
        image.port = step.port;
        return;
      case 'healthcheck':
        image.healthcheck = step.command;
        return;
      case 'cmd':
        image.command = step.command;
    }
  }

  async function copy({ stage, sources, target }: Step & { do: 'copy' }, image: Image) {
    const to = join(image.root, resolve(image.workdir, target));
    const from = stage === undefined ? context : (await build(stage)).root;
    for (const source of sources) {
      const path = join(from, source);
      if (stage !== undefined) {
        await mkdir(to, { recursive: true });
        const isFolder = (await stat(path)).isDirectory();
        await execute('cp', ['-al', isFolder ? `${path}/.` : path, to]);
      } else {
        await copyFromContext(path, to, target.endsWith('/'));
      }
    }
  }

  async function copyFromContext(path: string, to: string, isIntoFolder: boolean) {
    const isSent = (file: string) => !ignored.ignores(relative(context, file));
    if (!isSent(path)) throw new Error(`COPY ${path}: .dockerignore keeps it from the build.`);
    const isFolder = (await stat(path)).isDirectory();
    const target = isIntoFolder && !isFolder ? join(to, basename(path)) : to;
    await mkdir(dirname(target), { recursive: true });
    await cp(path, target, { recursive: true, filter: isSent });
  }

  return { stages, build };
}

async function runAsBuilder(command: string, image: Image, folder: string): Promise<void> {
  const home = join(folder, 'home');
  await mkdir(home, { recursive: true });
  const options = {
    cwd: join(image.root, image.workdir),
    env: { ...image.env, ...buildEnvironment(), HOME: home },
    maxBuffer: MAX_OUTPUT_BYTES,
  };
  try {
    await execute('/bin/sh', ['-c', command], options);
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`RUN ${command} failed:\n${stdout}\n${stderr}`, { cause: error });
  }
  // Whoever runs the image must get through to it.
  await chmod(folder, 0o755);
}

/** Of this machine only what leads to the package registry, and npm's store of what came from it. */
function buildEnvironment(): Record<string, string> {
  const kept =
    /^(https?_proxy|no_proxy|NODE_EXTRA_CA_CERTS|npm_config_registry|npm_config_cafile)$/i;
  const passed = Object.entries(process.env).filter(([name]) => kept.test(name));
  return {
    ...(Object.fromEntries(passed) as Record<string, string>),
    PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
    npm_config_cache: process.env['npm_config_cache'] ?? join(homedir(), '.npm'),
    npm_config_userconfig: join(homedir(), '.npmrc'),
  };
}
