import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { providerConfigSchema } from './adapters/openai-compatible/provider-config.js';
import { readConfig, variables } from './config.js';

const root = (file: string) => fileURLToPath(new URL(`../../../${file}`, import.meta.url));
const example = readFileSync(root('.env.example'), 'utf8');
const compose = readFileSync(root('docker-compose.yml'), 'utf8');

interface Line {
  name: string;
  value: string;
  /** Whether it shows what holds without it. */
  isComment: boolean;
  /** What is said of it. */
  words: string;
}

/** The variables of the example, each with the comment in front of it. */
function readExample(): Line[] {
  const lines: Line[] = [];
  let words = '';
  for (const text of example.split('\n')) {
    const [, hash, name = '', value = ''] = /^(# )?([A-Z_]+)=(.*)$/.exec(text) ?? [];
    if (name) lines.push({ name, value, isComment: hash !== undefined, words });
    else words = text === '' ? '' : `${words} ${text.replace(/^# ?/, '')}`.trim();
  }
  return lines;
}

type Variable = (typeof variables)[keyof typeof variables];

const known = Object.keys(variables);
const ofCompose = [...compose.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name ?? '');

it('names every variable of the server and of compose, once, and no other', () => {
  const names = readExample().map(({ name }) => name);
  expect(names.toSorted()).toEqual([...new Set([...known, ...ofCompose])].toSorted());
});

it('says of each what it is for', () => {
  for (const { name, words } of readExample()) expect(words.length, name).toBeGreaterThan(20);
});

it('leaves nothing but a key to fill in, and works without it', () => {
  expect(readExample().filter(({ isComment }) => !isComment)).toMatchObject([
    { name: 'OPENAI_API_KEY', value: '' },
  ]);
});

it('shows the values that hold without it', () => {
  const shown = readExample().filter(({ name, value }) => value !== '' && known.includes(name));
  for (const { name, value } of shown) {
    // Of compose's own making, as the line below holds against it.
    if (ofCompose.includes(name)) continue;
    const { [name]: variable } = variables as Record<string, Variable>;
    const own = variable?.schema.parse(undefined) ?? readConfigDefault(name);
    expect(variable?.schema.parse(value), name).toEqual(own);
  }
  const fallbacks = [...compose.matchAll(/\$\{([A-Z_]+):-([^}]*)\}/g)];
  for (const [, name, fallback] of fallbacks) {
    const value = readExample().find((line) => line.name === name)?.value;
    if (value) expect(value, name).toBe(fallback);
  }
});

/** Of what is a default only in use. */
function readConfigDefault(name: string): unknown {
  return name === 'PLAYGROUND_CONFIG' ? 'playground.config.json' : undefined;
}

it('is one the server starts with in production, as compose completes it', () => {
  const environment = {
    ...Object.fromEntries(readExample().map(({ name, value }) => [name, value])),
    // Of a file that is there only where it is wanted.
    PLAYGROUND_CONFIG: '',
    NODE_ENV: 'production',
    JWT_SECRET_FILE: '/data/jwt-secret',
  };
  const config = readConfig({ environment, directory: '/', providerSchema: providerConfigSchema });
  expect(config).toMatchObject({ jwtSecretFile: '/data/jwt-secret', openAi: null });
});
