import { parseArgs } from 'node:util';

const DEFAULT_BATCH_SIZE = 200;
/** More would not fit into one answer of MongoDB, were they all long. */
const MAX_BATCH_SIZE = 1_000;

/** What the program is asked for, or what is wrong with the way it was asked. */
export type Asked =
  | { command: 'help' | 'version' | 'serve' }
  | { command: 'migrate'; restart: boolean; batchSize: number }
  | { command: 'none'; mistake: string };

/** @param args without the program's own name */
export function readArguments(args: readonly string[]): Asked {
  const parsed = parseStrictly(args);
  if ('mistake' in parsed) return mistaken(parsed.mistake);
  const { values, positionals } = parsed;
  if (values.help) return { command: 'help' };
  if (values.version) return { command: 'version' };
  const [command = 'serve', surplus] = positionals;
  if (surplus !== undefined) return mistaken(`"${surplus}" is one word too many.`);
  if (command === 'serve') {
    const isForMigrate = values.restart !== undefined || values['batch-size'] !== undefined;
    return isForMigrate ? mistaken('That option is one of migrate.') : { command };
  }
  if (command !== 'migrate') return mistaken(`There is no command "${command}".`);
  const batchSize = Number(values['batch-size'] ?? DEFAULT_BATCH_SIZE);
  if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > MAX_BATCH_SIZE) {
    return mistaken(`--batch-size must be a whole number from 1 to ${MAX_BATCH_SIZE}.`);
  }
  return { command, restart: values.restart === true, batchSize };
}

function parseStrictly(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
        restart: { type: 'boolean' },
        'batch-size': { type: 'string' },
      },
    });
  } catch (error) {
    return { mistake: error instanceof Error ? error.message : String(error) };
  }
}

function mistaken(mistake: string): Asked {
  return { command: 'none', mistake };
}
