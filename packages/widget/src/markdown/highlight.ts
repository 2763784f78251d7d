import type { HLJSApi } from 'highlight.js';
import { idle } from './idle.js';
import { loadLanguage, resolveLanguage } from './languages.js';

/** Longer code stays plain: highlighting cannot be interrupted and would block the page. */
const MAX_HIGHLIGHTED_LENGTH = 20_000;

let core: Promise<HLJSApi> | undefined;

/**
 * The highlighter's HTML for a piece of code: nothing but spans with a class, and escaped text.
 * The highlighter and the language are loaded when first needed.
 *
 * @param label what the fence calls its language
 * @returns null when the language is not known, or the code too long to do it in one go
 */
export async function highlight(code: string, label: string): Promise<string | null> {
  const id = resolveLanguage(label);
  if (id === null || code.length > MAX_HIGHLIGHTED_LENGTH) return null;
  core ??= import('highlight.js/lib/core').then((module) => module.default);
  const [highlighter, language] = await Promise.all([core, loadLanguage(id)]);
  if (highlighter.getLanguage(id) === undefined) highlighter.registerLanguage(id, language);
  await idle();
  return highlighter.highlight(code, { language: id, ignoreIllegals: true }).value;
}
