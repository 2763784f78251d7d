import { describe, expect, it } from 'vitest';
import { readArguments } from './read-arguments.js';

describe('the program’s arguments', () => {
  it.each([
    [[], { command: 'serve' }],
    [['serve'], { command: 'serve' }],
    [['migrate', '-h'], { command: 'help' }],
    [['--version'], { command: 'version' }],
    [['migrate'], { command: 'migrate', restart: false, batchSize: 200 }],
    [
      ['migrate', '--restart', '--batch-size=7'],
      { command: 'migrate', restart: true, batchSize: 7 },
    ],
  ])('understand %j', (args, asked) => {
    expect(readArguments(args)).toEqual(asked);
  });

  it.each([
    [['migrat'], 'There is no command "migrat".'],
    [['migrate', 'now'], '"now" is one word too many.'],
    [['migrate', '--batch-size', '0'], '--batch-size must be'],
    [['migrate', '--batch-size', 'many'], '--batch-size must be'],
    [['--restart'], 'one of migrate'],
    [['serve', '--quickly'], '--quickly'],
  ])('say what is wrong with %j', (args, mistake) => {
    const found = readArguments(args);
    expect(found).toMatchObject({ command: 'none' });
    expect('mistake' in found && found.mistake).toContain(mistake);
  });
});
