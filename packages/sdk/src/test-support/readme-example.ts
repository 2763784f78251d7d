import { readFileSync } from 'node:fs';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** The README's examples in one language, in order, as a reader would copy them. */
export function readmeExamples(language: string): string[] {
  const block = new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm');
  return [...readme.matchAll(block)].map(([, code = '']) => code);
}
