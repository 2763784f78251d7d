import { ContextProvider } from '@lit/context';
import type { ReactiveControllerHost } from 'lit';
import { localizationContext } from '../../context/localization-context.js';
import { ENGLISH, loadLocalization } from '../../i18n/locales.js';
import type { Localization } from '../../i18n/localization.js';

/** Fetches the chosen language and gives it to everything inside its host. */
export class LanguageController {
  readonly #provider: ContextProvider<
    typeof localizationContext,
    ReactiveControllerHost & HTMLElement
  >;
  #wanted = '';

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    const context = localizationContext;
    this.#provider = new ContextProvider(host, { context, initialValue: ENGLISH });
  }

  /** The language now. */
  get words(): Localization {
    return this.#provider.value;
  }

  /**
   * @param locale BCP 47 tag; empty for the reader's own
   * @throws when the language's file cannot be fetched; the language then stays as it was
   */
  async use(locale: string): Promise<void> {
    const wanted = locale || navigator.language;
    this.#wanted = wanted;
    const localization = await loadLocalization(wanted);
    // Another may have been chosen while this one was fetched.
    if (wanted !== this.#wanted) return;
    this.#provider.setValue(localization);
    this.host.requestUpdate();
  }
}
