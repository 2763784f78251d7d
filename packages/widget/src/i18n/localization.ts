import type { Dictionary, Phrase, Term, TermParams } from './dictionary.js';

/** Languages written from right to left. */
const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(['ar', 'fa', 'he', 'ur']);

const RELATIVE_UNITS: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** One language's words, numbers and dates. */
export class Localization {
  readonly #plurals: Intl.PluralRules;
  readonly #numbers = new Map<string, Intl.NumberFormat>();
  readonly #dates = new Map<string, Intl.DateTimeFormat>();
  readonly #relative: Intl.RelativeTimeFormat;

  /**
   * @param locale BCP 47 tag, for numbers, dates and plurals
   * @param dictionary the phrases of that language
   */
  constructor(
    readonly locale: string,
    private readonly dictionary: Dictionary,
  ) {
    this.#plurals = new Intl.PluralRules(locale);
    this.#relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  }

  get direction(): 'ltr' | 'rtl' {
    return RIGHT_TO_LEFT.has(new Intl.Locale(this.locale).language) ? 'rtl' : 'ltr';
  }

  /** The phrase of that name with its places filled; numbers are written the language's way. */
  term<Key extends Term>(key: Key, ...params: TermParams<Key>): string {
    const values: Readonly<Record<string, string | number>> = params[0] ?? {};
    const text = this.#form(this.dictionary[key], values.count);
    return text.replace(/\{(\w+)\}/g, (place, name: string) => {
      const value = values[name];
      if (value === undefined) return place;
      return typeof value === 'number' ? this.number(value) : value;
    });
  }

  number(value: number, options: Intl.NumberFormatOptions = {}): string {
    const key = JSON.stringify(options);
    const format = this.#numbers.get(key) ?? new Intl.NumberFormat(this.locale, options);
    this.#numbers.set(key, format);
    return format.format(value);
  }

  /** @param value a Date, milliseconds since the epoch, or an RFC 3339 string */
  date(value: Date | number | string, options: Intl.DateTimeFormatOptions = {}): string {
    const key = JSON.stringify(options);
    const format = this.#dates.get(key) ?? new Intl.DateTimeFormat(this.locale, options);
    this.#dates.set(key, format);
    return format.format(new Date(value));
  }

  /** How long ago (or ahead) something is, in the largest unit that fits: "2 hours ago". */
  relativeTime(value: Date | number | string, now: number = Date.now()): string {
    const seconds = (new Date(value).getTime() - now) / 1000;
    for (const [unit, size] of RELATIVE_UNITS) {
      if (Math.abs(seconds) >= size) return this.#relative.format(Math.trunc(seconds / size), unit);
    }
    return this.#relative.format(0, 'second');
  }

  #form(phrase: Phrase, count: string | number | undefined): string {
    if (typeof phrase === 'string') return phrase;
    if (typeof count !== 'number') return phrase.other;
    return phrase[this.#plurals.select(count)] ?? phrase.other;
  }
}
