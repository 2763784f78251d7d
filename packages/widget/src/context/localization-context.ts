import { createContext } from '@lit/context';
import type { Localization } from '../i18n/localization.js';

/** The language of everything inside a `<chat-playground>`. */
export const localizationContext = createContext<Localization>(Symbol('cp-localization'));
