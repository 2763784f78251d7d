import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';

const RESULTS = fileURLToPath(new URL('../results/', import.meta.url));

/**
 * One figure held against what was promised of it.
 *
 * @typedef {{ what: string, bar: string, measured: string, isMet: boolean }} Bar
 */

/**
 * @param {number} limit
 * @param {{ what: string, value: number, unit?: string, digits?: number, isFloor?: boolean }} figure
 *   `isFloor`: the limit is the least instead of the most
 * @returns {Bar}
 */
export function bar(limit, { what, value, unit = '', digits = 1, isFloor = false }) {
  return {
    what,
    bar: `${isFloor ? '>=' : '<='} ${limit}${unit}`,
    measured: `${value.toFixed(digits)}${unit}`,
    isMet: isFloor ? value >= limit : value <= limit,
  };
}

/**
 * A Markdown table.
 *
 * @param {readonly string[]} head
 * @param {readonly (readonly (string | number)[])[]} rows
 */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/**
 * Prints a benchmark's tables and bars and keeps everything as JSON in results/.
 *
 * @param {string} name
 * @param {{ tables: string[], bars: Bar[], data: unknown }} result
 */
export function report(name, { tables, bars, data }) {
  const verdicts = bars.map((one) => [
    one.what,
    one.bar,
    one.measured,
    one.isMet ? 'met' : 'MISSED',
  ]);
  const parts = [`## ${name}`, ...tables];
  if (bars.length > 0) parts.push(table(['bar', 'promised', 'measured', ''], verdicts));
  console.log(`${parts.join('\n\n')}\n`);
  mkdirSync(RESULTS, { recursive: true });
  const machine = {
    node: process.version,
    cpus: cpus().length,
    cpu: cpus()[0]?.model,
    load: loadavg(),
  };
  const kept = { name, at: new Date().toISOString(), machine, bars, data };
  writeFileSync(`${RESULTS}${name}.json`, `${JSON.stringify(kept, null, 2)}\n`);
}
