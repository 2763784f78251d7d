import type { Theme } from '../../themes/theme.js';

const KEY = 'cp:preferences';

/** How a reader likes the widget to be, kept between visits. */
export interface Preferences {
  theme?: Theme;
  locale?: string;
  history?: boolean;
  parameters?: boolean;
  /** Id of the preset that was chosen last. */
  preset?: string | undefined;
}

/** What was kept; nothing where storage is denied or holds something else. */
export function readPreferences(): Preferences {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    const { theme, locale, history, parameters, preset } = kept as Record<string, unknown>;
    return {
      ...((theme === 'light' || theme === 'dark' || theme === 'auto') && { theme }),
      ...(typeof locale === 'string' && { locale }),
      ...(typeof history === 'boolean' && { history }),
      ...(typeof parameters === 'boolean' && { parameters }),
      ...(typeof preset === 'string' && { preset }),
    };
  } catch {
    // Storage is blocked, or was written by something else: the defaults do.
    return {};
  }
}

export function keepPreferences(patch: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...readPreferences(), ...patch }));
  } catch {
    // Full or forbidden: the choice lasts as long as the page.
  }
}
