import { createContext } from '@lit/context';

/** The page's own actions, cloned below every reply; null when it has none. */
export const messageActionsContext = createContext<HTMLTemplateElement | null>(
  Symbol('cp-message-actions'),
);
