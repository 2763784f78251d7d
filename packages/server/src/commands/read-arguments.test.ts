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
    [
      ['doctor', 'https://chat.example.org'],
      {
        command: 'doctor',
        url: 'https://chat.example.org',
        origin: undefined,
        idleSeconds: 20,
        json: false,
      },
    ],
    [
      ['doctor', 'http://a.example', '--origin', 'https://b.example', '--idle=0', '--json'],
      {
        command: 'doctor',
        url: 'http://a.example',
        origin: 'https://b.example',
        idleSeconds: 0,
        json: true,
      },
    ],
  ])('understand %j', (args, asked) => {
    expect(readArguments(args)).toEqual(asked);
  });

  it.each([
    [['migrat'], 'There is no command "migrat".'],
    [['migrate', 'now'], '"now" is one word too many.'],
    [['migrate', '--batch-size', '0'], '--batch-size must be'],
    [['migrate', '--batch-size', 'many'], '--batch-size must be'],
    [['--restart'], '--restart is no option of serve.'],
    [['migrate', '--json'], '--json is no option of migrate.'],
    [['doctor'], 'doctor needs the address'],
    [['doctor', 'chat.example.org'], 'doctor needs the address'],
    [['doctor', 'https://a.example', 'https://b.example'], 'one word too many'],
    [['doctor', 'https://a.example', '--origin', 'https://b.example/x'], '--origin must be'],
    [['doctor', 'https://a.example', '--idle', '121'], '--idle must be'],
    [['serve', '--quickly'], '--quickly'],
  ])('say what is wrong with %j', (args, mistake) => {
    const found = readArguments(args);
    expect(found).toMatchObject({ command: 'none' });
    expect('mistake' in found && found.mistake).toContain(mistake);
  });
});
