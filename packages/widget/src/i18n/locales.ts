import type { Dictionary } from './dictionary.js';
import { en } from './en.js';
import { Localization } from './localization.js';

/** Used where no other language is known. */
export const ENGLISH = new Localization('en', en);

/** Languages other than English are fetched when first asked for. */
const LOADERS: Readonly<Record<string, () => Promise<Dictionary>>> = {
  ar: async () => (await import('./ar.js')).ar,
  th: async () => (await import('./th.js')).th,
};

/** Languages a reader can choose, each called by its own name. */
export const LANGUAGES: readonly { locale: string; name: string }[] = [
  { locale: 'en', name: 'English' },
  { locale: 'th', name: 'ไทย' },
  { locale: 'ar', name: 'العربية' },
];

/**
 * The localization for a tag: its language's phrases with the tag's own numbers and dates, or
 * English when the language is unknown.
 *
 * @param locale BCP 47 tag such as `th` or `en-GB`
 * @throws when the language's file cannot be fetched
 */
export async function loadLocalization(locale: string): Promise<Localization> {
  const [language = ''] = locale.toLowerCase().split('-');
  if (language === 'en') return new Localization(locale, en);
  const load = LOADERS[language];
  return load === undefined ? ENGLISH : new Localization(locale, await load());
}
