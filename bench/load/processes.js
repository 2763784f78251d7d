import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';

export const SERVER = fileURLToPath(new URL('../../packages/server/dist/bin.js', import.meta.url));
/** Clock ticks of /proc/<pid>/stat in a second, on every Linux in use. */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;
const started = new Set();

process.once('exit', () => started.forEach((child) => child.kill('SIGKILL')));

/**
 * Starts a Node program on one core (Linux; elsewhere on any).
 *
 * @param {string} file
 * @param {{ core?: number, args?: string[], nodeArgs?: string[], env?: Record<string, string>,
 *   isUrgent?: boolean }} options `isUrgent`: before everything else on the machine, where we may
 *   ask for that
 */
export function startProgram(file, options = {}) {
  const { core, args = [], nodeArgs = [], env = {}, isUrgent = false } = options;
  const isPinned = process.platform === 'linux' && core !== undefined;
  const command = isPinned ? ['taskset', '-c', String(core), process.execPath] : [process.execPath];
  const [program, ...before] = command;
  const child = spawn(program, [...before, ...nodeArgs, file, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  started.add(child);
  child.once('exit', () => started.delete(child));
  if (isUrgent) setPriority(child.pid, -20);
  return child;
}

/** Starts one of the programs beside this file; resolves with the first thing it says. */
export async function startHelper(name, options) {
  const child = startProgram(fileURLToPath(new URL(`${name}.js`, import.meta.url)), options);
  if (name === 'readers') return { child, ask: createAsker(child) };
  const [{ port }] = await once(child, 'message');
  return { child, origin: `http://127.0.0.1:${port}` };
}

/**
 * Starts the built server on a free port with a database of its own.
 *
 * @param {{ dataDirectory: string, upstream: string, core?: number, env?: Record<string, string> }} options
 */
export async function startServer({ dataDirectory, upstream, env, ...options }) {
  const child = startProgram(SERVER, {
    ...options,
    env: {
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: dataDirectory,
      OPENAI_BASE_URL: `${upstream}/v1`,
      OPENAI_API_KEY: 'bench',
      LOG_LEVEL: 'error',
      ...env,
    },
  });
  return { child, origin: await announcedOrigin(child) };
}

/** The address a starting server prints. */
export async function announcedOrigin(child) {
  child.stdout.setEncoding('utf8');
  let said = '';
  for await (const piece of child.stdout.iterator({ destroyOnReturn: false })) {
    said += piece;
    const port = /http:\/\/[^\s:]+:(\d+)/.exec(said)?.[1];
    if (port) return `http://127.0.0.1:${port}`;
  }
  throw new Error(`The server did not start: ${said}`);
}

/** Ends a program and waits until it is gone. */
export async function stopProgram({ child }, signal = 'SIGTERM') {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

/** What a process has used so far (Linux). */
export function usageOf({ child }) {
  const { cpuSeconds, rssBytes } = readStat(child.pid);
  return { cpuSeconds, rssBytes };
}

/** Processor time of a whole process group so far, those of it that have ended included (Linux). */
export function cpuSecondsOfGroup(groupId) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((processId) => readStat(processId))
    .filter((stat) => stat?.groupId === groupId)
    .reduce((total, stat) => total + stat.cpuSeconds + stat.endedChildrenCpuSeconds, 0);
}

/** @returns null when there is no such process (any more) */
function readStat(processId) {
  let stat;
  try {
    stat = readFileSync(`/proc/${processId}/stat`, 'utf8');
  } catch {
    return null;
  }
  // The name in brackets may hold spaces; what follows it does not.
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  return {
    groupId: fields[2],
    cpuSeconds: (fields[11] + fields[12]) / TICKS_PER_SECOND,
    endedChildrenCpuSeconds: (fields[13] + fields[14]) / TICKS_PER_SECOND,
    rssBytes: fields[21] * PAGE_BYTES,
  };
}

function createAsker(child) {
  let last = 0;
  const waiting = new Map();
  child.on('message', ({ id, result, error }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(new Error(error));
    else resolve(result);
  });
  return (verb, options = {}) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      child.send({ id: last, do: verb, ...options });
    });
}
