import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Named {
  name: string;
  description?: string;
}
interface HtmlData {
  tags: (Named & { attributes: Named[] })[];
}
interface WebTypes {
  contributions: { html: { elements: Named[] } };
}

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const namesOf = (list: Named[]) => list.map(({ name }) => name);

it('tells VS Code of the one element for pages and its attributes', () => {
  const { tags } = JSON.parse(read('dist/vscode.html-custom-data.json')) as HtmlData;
  expect(namesOf(tags)).toEqual(['chat-playground']);
  const attributes = tags[0]?.attributes ?? [];
  expect(namesOf(attributes)).toEqual(
    expect.arrayContaining(['base-url', 'theme', 'locale', 'layout', 'chat-id', 'open']),
  );
});

it('describes every custom property of the look', () => {
  const { properties } = JSON.parse(read('dist/vscode.css-custom-data.json')) as {
    properties: Named[];
  };
  const written = read('src/themes/tokens.ts').match(/--cp-[\w-]+(?=:)/g) ?? [];
  expect(new Set(namesOf(properties))).toEqual(new Set(written));
});

it('tells JetBrains editors of the element', () => {
  const { contributions } = JSON.parse(read('dist/web-types.json')) as WebTypes;
  expect(namesOf(contributions.html.elements)).toEqual(['chat-playground']);
});
