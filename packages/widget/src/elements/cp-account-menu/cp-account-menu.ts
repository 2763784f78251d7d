import type { User } from '@chat-playground/sdk';
import { LitElement, html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { emitIntent } from '../../events/intents.js';
import { LANGUAGES } from '../../i18n/locales.js';
import { icon } from '../../icons/icons.js';
import { base } from '../../themes/controls.js';
import type { Theme } from '../../themes/theme.js';
import type { MenuGroup } from '../cp-menu/cp-menu.js';
import { styles } from './cp-account-menu.styles.js';

/**
 * Who is signed in, and behind it: theme, language, shortcuts, signing out.
 *
 * @fires cp-theme
 * @fires cp-locale
 * @fires cp-show with `shortcuts`
 * @fires cp-sign-out
 */
export class CpAccountMenu extends LitElement {
  static override styles = [base, styles];

  @property({ attribute: false }) user?: User;
  @property() theme: Theme = 'auto';

  readonly #localize = new LocalizeController(this);

  override render(): TemplateResult {
    const name = this.user?.username ?? '';
    return html`<cp-menu
      label=${this.#localize.term('accountMenu', { name })}
      .groups=${this.#groups()}
      @cp-menu-select=${(event: CustomEvent<{ id: string }>) => this.#act(event.detail.id)}
    >
      <span class="account">
        <span class="avatar" data-initials=${initials(name)}></span>
        <span class="name" dir="auto">${name}</span>
        ${icon('dots')}
      </span>
    </cp-menu>`;
  }

  #groups(): MenuGroup[] {
    const term = this.#localize.term.bind(this.#localize);
    const [language] = this.#localize.locale.split('-');
    return [
      {
        label: term('theme'),
        items: [
          { id: 'theme:auto', label: term('themeAuto'), icon: 'monitor' as const },
          { id: 'theme:light', label: term('themeLight'), icon: 'sun' as const },
          { id: 'theme:dark', label: term('themeDark'), icon: 'moon' as const },
        ].map((item) => ({ ...item, checked: item.id === `theme:${this.theme}` })),
      },
      {
        label: term('language'),
        items: LANGUAGES.map(({ locale, name }) => ({
          id: `locale:${locale}`,
          label: name,
          icon: 'globe',
          checked: locale === language,
        })),
      },
      {
        items: [
          { id: 'shortcuts', label: term('keyboardShortcuts'), icon: 'keyboard' },
          { id: 'sign-out', label: term('signOut'), icon: 'sign-out' },
        ],
      },
    ];
  }

  #act(id: string): void {
    const [kind, value] = id.split(':');
    if (kind === 'shortcuts') emitIntent(this, 'cp-show', { panel: 'shortcuts' });
    if (kind === 'sign-out') emitIntent(this, 'cp-sign-out', {});
    if (kind === 'locale' && value !== undefined) emitIntent(this, 'cp-locale', { locale: value });
    if (kind !== 'theme') return;
    if (value === 'light' || value === 'dark' || value === 'auto') {
      emitIntent(this, 'cp-theme', { theme: value });
    }
  }
}

/** The first letters of the first two words, as people read them (not code units). */
function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => word !== '');
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-account-menu': CpAccountMenu;
  }
}
