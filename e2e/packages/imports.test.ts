import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { root, runOutside } from './outside.js';

const { folder, missing } = inject('project');
const TSC = join(root, 'node_modules/typescript/bin/tsc');

interface Printed {
  names: Record<string, string[]>;
  reply: string;
}
const runProgram = async (file: string): Promise<Printed> =>
  JSON.parse(await runOutside(folder, process.execPath, file)) as Printed;

describe.skipIf(missing)('in a project that installed the packages', () => {
  it('every entry can be imported and required, with the same names', async () => {
    const [imported, required] = await Promise.all([runProgram('esm.mjs'), runProgram('cjs.cjs')]);
    expect(required).toEqual(imported);
    expect(imported.reply).not.toBe('');
    const { names } = imported;
    expect(names['@chat-playground/sdk']).toContain('createChatClient');
    expect(names['@chat-playground/sdk/protocol']).toContain('endpoints');
    expect(names['@chat-playground/widget']).toContain('ChatPlayground');
    expect(names['@chat-playground/widget/react']).toEqual(['ChatPlayground']);
    expect(names['@chat-playground/server']).toContain('startServer');
  });

  it('no entry is forgotten here', () => {
    const entries = JSON.parse(readFileSync(join(folder, 'entries.json'), 'utf8')) as string[];
    const exported = ['sdk', 'widget', 'server'].flatMap((name) => {
      const manifest = readFileSync(join(root, 'packages', name, 'package.json'), 'utf8');
      const { exports } = JSON.parse(manifest) as { exports: Record<string, unknown> };
      // Files for pages and editors are no modules for Node.
      const modules = Object.keys(exports).filter((path) => !/\.\w+$|standalone$/.test(path));
      return modules.map((path) => join('@chat-playground', name, path));
    });
    expect(exported.sort()).toEqual(entries.sort());
  });

  it.each([
    // Declarations are judged too, once: it takes ten times as long.
    ['nodenext', 'nodenext', 'false'],
    ['esnext', 'bundler', 'true'],
  ])(
    'TypeScript finds every type, with module %s and resolution %s',
    async (module, moduleResolution, skipLibCheck) => {
      const options = {
        module,
        moduleResolution,
        skipLibCheck,
        target: 'es2022',
        jsx: 'react-jsx',
      };
      const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
      const sources = ['typed.mts', 'typed.cts', 'react-page.tsx'];
      const strict = ['--noEmit', '--strict'];
      const lib = ['--lib', 'es2024,dom,dom.iterable'];
      await runOutside(folder, process.execPath, TSC, ...strict, ...lib, ...flags, ...sources);
    },
  );
});
