import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** An import that points the wrong way, and the rule that must catch it. */
const wrongImports = [
  ['packages/sdk/src/protocol/a.ts', 'packages/sdk/src/http/b.ts', 'protocol-stands-alone'],
  ['packages/sdk/src/chats/a.ts', 'packages/widget/src/b.ts', 'sdk-knows-no-widget-or-server'],
  ['packages/sdk/src/chats/a.ts', 'packages/sdk/src/protocol/user.ts', 'zod-free-protocol-only'],
  ['packages/widget/src/a.ts', 'packages/server/src/domain/b.ts', 'widget-knows-no-server'],
  ['packages/server/src/http/a.ts', 'packages/sdk/src/http/b.ts', 'server-takes-the-protocol-only'],
  [
    'packages/server/src/domain/a.ts',
    'packages/server/src/ports/b.ts',
    'domain-imports-the-protocol-only',
  ],
  ['packages/server/src/ports/a.ts', 'packages/server/src/use-cases/b.ts', 'ports-see-domain-only'],
  [
    'packages/server/src/use-cases/a.ts',
    'packages/server/src/http/b.ts',
    'use-cases-see-ports-and-domain',
  ],
  [
    'packages/server/src/http/a.ts',
    'packages/server/src/adapters/sqlite/b.ts',
    'only-main-names-adapters',
  ],
  ['packages/server/src/http/a.ts', 'packages/server/src/config.ts', 'edges-do-not-see-each-other'],
  [
    'packages/server/src/domain/a.ts',
    'packages/server/src/domain/b.test.ts',
    'no-test-code-in-the-product',
  ],
];

/** An import that points the right way, to show that the rules let it through. */
const rightImports = [
  ['packages/sdk/src/chats/a.ts', 'packages/sdk/src/protocol/error-codes.ts'],
  ['packages/server/src/http/a.ts', 'packages/server/src/use-cases/b.ts'],
  ['packages/server/src/main.ts', 'packages/server/src/adapters/sqlite/b.ts'],
];

let tree;

beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), 'import-layers-'));
  for (const file of ['.dependency-cruiser.js', 'tsconfig.base.json', 'package.json']) {
    cpSync(join(root, file), join(tree, file));
  }
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
});

afterEach(() => rmSync(tree, { recursive: true, force: true }));

function plant(from, to) {
  for (const file of [from, to]) mkdirSync(join(tree, dirname(file)), { recursive: true });
  writeFileSync(join(tree, to), 'export const value = 1;\n');
  const up = '../'.repeat(from.split('/').length - 1);
  const specifier = `${up}${to}`.replace(/\.ts$/, '.js');
  writeFileSync(join(tree, from), `import { value } from '${specifier}';\nexport default value;\n`);
}

/** Runs the same linter with the same rules as `npm run lint:imports`. */
function cruise() {
  const cli = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [cli, '--config', '.dependency-cruiser.js', 'packages'],
      { cwd: tree },
      (error, stdout) => resolve({ code: error?.code ?? 0, stdout }),
    );
  });
}

describe('import layers', () => {
  it.each(wrongImports)('refuses %s importing %s', async (from, to, rule) => {
    plant(from, to);
    const { code, stdout } = await cruise();
    expect(stdout).toContain(rule);
    expect(code).not.toBe(0);
  });

  it.each(rightImports)('lets %s import %s', async (from, to) => {
    plant(from, to);
    const { code, stdout } = await cruise();
    expect(stdout).toContain('no dependency violations');
    expect(code).toBe(0);
  });
});
