import type { LitElement, ReactiveController } from 'lit';
import type { Theme } from '../../themes/theme.js';
import type { Answers } from './answer-intents.js';
import { keepPreferences, readPreferences } from './preferences.js';

type Host = LitElement & { theme: Theme; locale: string };

/** Theme and language as the reader chose them, here or at an earlier visit; the page's own go first. */
export class ReaderPreferences implements ReactiveController {
  constructor(private readonly host: Host) {
    host.addController(this);
  }

  hostConnected(): void {
    const { theme, locale } = readPreferences();
    if (theme !== undefined && !this.host.hasAttribute('theme')) this.host.theme = theme;
    if (locale !== undefined && !this.host.hasAttribute('locale')) this.host.locale = locale;
  }

  readonly answers: Answers = {
    'cp-theme': ({ theme }) => {
      this.host.theme = theme;
      keepPreferences({ theme });
    },
    'cp-locale': ({ locale }) => {
      this.host.locale = locale;
      keepPreferences({ locale });
    },
  };
}
