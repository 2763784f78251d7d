import { parseArgs } from 'node:util';
import { MAX_PROBE_HOLD_SECONDS } from '@chat-playground/sdk/protocol';

const DEFAULT_BATCH_SIZE = 200;
/** More would not fit into one answer of MongoDB, were they all long. */
const MAX_BATCH_SIZE = 1_000;
/** Longer than a heartbeat takes to come. */
const DEFAULT_IDLE_SECONDS = 20;

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  restart: { type: 'boolean' },
  'batch-size': { type: 'string' },
  origin: { type: 'string' },
  idle: { type: 'string' },
  json: { type: 'boolean' },
} as const;

type Option = keyof typeof OPTIONS;
type Command = 'serve' | 'migrate' | 'doctor';

const OPTIONS_OF: Readonly<Record<Command, readonly Option[]>> = {
  serve: [],
  migrate: ['restart', 'batch-size'],
  doctor: ['origin', 'idle', 'json'],
};

interface DoctorCall {
  command: 'doctor';
  url: string;
  origin: string | undefined;
  idleSeconds: number;
  json: boolean;
}

/** What the program is asked for, or what is wrong with the way it was asked. */
export type Asked =
  | { command: 'help' | 'version' | 'serve' }
  | { command: 'migrate'; restart: boolean; batchSize: number }
  | DoctorCall
  | { command: 'none'; mistake: string };

type Values = ReturnType<typeof parse>['values'];

/** @param args without the program's own name */
export function readArguments(args: readonly string[]): Asked {
  const parsed = parseStrictly(args);
  if ('mistake' in parsed) return mistaken(parsed.mistake);
  const { values, positionals } = parsed;
  if (values.help) return { command: 'help' };
  if (values.version) return { command: 'version' };
  const [command = 'serve', ...words] = positionals;
  if (!isCommand(command)) return mistaken(`There is no command "${command}".`);
  const surplus = words[command === 'doctor' ? 1 : 0];
  if (surplus !== undefined) return mistaken(`"${surplus}" is one word too many.`);
  const foreign = (Object.keys(values) as Option[]).find(
    (name) => !OPTIONS_OF[command].includes(name),
  );
  if (foreign !== undefined) return mistaken(`--${foreign} is no option of ${command}.`);
  switch (command) {
    case 'serve':
      return { command };
    case 'migrate':
      return readMigrate(values);
    case 'doctor':
      return readDoctor(values, words[0]);
  }
}

function readMigrate(values: Values): Asked {
  const batchSize = Number(values['batch-size'] ?? DEFAULT_BATCH_SIZE);
  if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > MAX_BATCH_SIZE) {
    return mistaken(`--batch-size must be a whole number from 1 to ${MAX_BATCH_SIZE}.`);
  }
  return { command: 'migrate', restart: values.restart === true, batchSize };
}

function readDoctor({ origin, idle, json = false }: Values, url: string | undefined): Asked {
  if (url === undefined || !isWebAddress(url)) {
    return mistaken('doctor needs the address of a server, such as https://chat.example.org.');
  }
  if (origin !== undefined && (!isWebAddress(origin) || new URL(origin).origin !== origin)) {
    return mistaken('--origin must be like https://www.example.org, without a path.');
  }
  const idleSeconds = Number(idle ?? DEFAULT_IDLE_SECONDS);
  if (!Number.isInteger(idleSeconds) || idleSeconds < 0 || idleSeconds > MAX_PROBE_HOLD_SECONDS) {
    return mistaken(`--idle must be a whole number from 0 to ${MAX_PROBE_HOLD_SECONDS} (seconds).`);
  }
  return { command: 'doctor', url, origin, idleSeconds, json };
}

function isCommand(word: string): word is Command {
  return Object.hasOwn(OPTIONS_OF, word);
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function parseStrictly(args: readonly string[]) {
  try {
    return parse(args);
  } catch (error) {
    return { mistake: error instanceof Error ? error.message : String(error) };
  }
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
}

function mistaken(mistake: string): Asked {
  return { command: 'none', mistake };
}
