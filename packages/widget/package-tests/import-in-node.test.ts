import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));

/** Runs a module in a Node of its own, without any test framework's globals. */
function runInNode(source: string): unknown {
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', source], {
    cwd: packageFolder,
    encoding: 'utf8',
  });
  return JSON.parse(printed);
}

it('can be imported where there is no browser, and leaves nothing behind', () => {
  const found = runInNode(`
    const before = Object.keys(globalThis);
    const { ChatPlayground } = await import('@chat-playground/widget');
    await import('@chat-playground/widget/define');
    const added = Object.keys(globalThis).filter((name) => !before.includes(name));
    console.log(JSON.stringify({
      type: typeof ChatPlayground,
      added: added.filter((name) => name.startsWith('cp') || ['document', 'window'].includes(name)),
    }));
  `);
  expect(found).toEqual({ type: 'function', added: [] });
});

it('renders as a bare tag on a React server', () => {
  const html = runInNode(`
    import { createElement } from 'react';
    import { renderToString } from 'react-dom/server';
    import { ChatPlayground } from '@chat-playground/widget/react';
    const properties = { baseUrl: 'https://chat.example.com', onReady() {} };
    console.log(JSON.stringify(renderToString(createElement(ChatPlayground, properties))));
  `);
  expect(html).toBe('<chat-playground></chat-playground>');
});
