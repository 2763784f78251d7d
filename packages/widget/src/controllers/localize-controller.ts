import { ContextConsumer } from '@lit/context';
import type { ReactiveControllerHost } from 'lit';
import { localizationContext } from '../context/localization-context.js';
import type { Term, TermParams } from '../i18n/dictionary.js';
import type { Localization } from '../i18n/localization.js';
import { ENGLISH } from '../i18n/locales.js';

/**
 * Gives an element the words, numbers and dates of the language around it (English when there is
 * none around), and has it render again when the language changes.
 */
export class LocalizeController {
  readonly #consumer: ContextConsumer<
    typeof localizationContext,
    ReactiveControllerHost & HTMLElement
  >;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#consumer = new ContextConsumer(host, { context: localizationContext, subscribe: true });
  }

  get localization(): Localization {
    return this.#consumer.value ?? ENGLISH;
  }

  get locale(): string {
    return this.localization.locale;
  }

  /** See {@link Localization.term}. */
  term<Key extends Term>(key: Key, ...params: TermParams<Key>): string {
    return this.localization.term(key, ...params);
  }

  /** See {@link Localization.number}. */
  number(value: number, options?: Intl.NumberFormatOptions): string {
    return this.localization.number(value, options);
  }

  /** See {@link Localization.date}. */
  date(value: Date | number | string, options?: Intl.DateTimeFormatOptions): string {
    return this.localization.date(value, options);
  }

  /** See {@link Localization.relativeTime}. */
  relativeTime(value: Date | number | string, now?: number): string {
    return this.localization.relativeTime(value, now);
  }
}
