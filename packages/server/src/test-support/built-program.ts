import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export interface BuiltProgram {
  /** Runs it in a process of its own, with nothing in its environment but this. */
  run(options: {
    args?: readonly string[];
    environment: Record<string, string>;
    directory: string;
  }): RunningProgram;
  /** Kills what still runs. */
  killAll(): void;
  remove(): Promise<void>;
}

export interface RunningProgram {
  child: ChildProcess;
  /** All it has written to its output by the time this text is in it. */
  said(text: string): Promise<string>;
  ended: Promise<{ code: number | null; output: string; errors: string }>;
}

/** The program as it is installed, built from the sources as they are. */
export async function buildProgram(): Promise<BuiltProgram> {
  // Inside the package, so that what it imports is found.
  const built = here(`../../node_modules/.program-${process.pid}-${Date.now()}`);
  await build({
    config: false,
    silent: true,
    entry: { bin: here('../bin.ts') },
    outDir: built,
    format: ['esm'],
    target: 'node20',
    noExternal: ['@chat-playground/sdk'],
    esbuildOptions(options) {
      const protocol = here('../../../sdk/src/protocol/index.ts');
      options.alias = { '@chat-playground/sdk/protocol': protocol };
    },
  });
  const children = new Set<ChildProcess>();
  return {
    run({ args = [], environment, directory }) {
      const child = spawn(process.execPath, [join(built, 'bin.js'), ...args], {
        cwd: directory,
        env: { PATH: process.env['PATH'], ...environment },
      });
      children.add(child);
      return follow(child);
    },
    killAll() {
      for (const child of children) child.kill('SIGKILL');
      children.clear();
    },
    remove: () => rm(built, { recursive: true }),
  };
}

function follow(child: ReturnType<typeof spawn>): RunningProgram {
  let [output, errors] = ['', ''];
  const onOutput = (listener: (chunk: Buffer) => void) => child.stdout?.on('data', listener);
  onOutput((chunk) => (output += String(chunk)));
  child.stderr?.on('data', (chunk: Buffer) => (errors += String(chunk)));
  const ended = once(child, 'close').then(([code]) => ({
    code: code as number | null,
    output,
    errors,
  }));
  return {
    child,
    ended,
    async said(text) {
      const heard = new Promise<void>((resolve) => {
        const look = () => output.includes(text) && resolve();
        look();
        onOutput(look);
      });
      await Promise.race([heard, ended]);
      if (!output.includes(text)) throw new Error(`It ended without saying "${text}": ${errors}`);
      return output;
    },
  };
}
