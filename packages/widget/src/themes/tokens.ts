import { css, unsafeCSS } from 'lit';

const LIGHT = `
  color-scheme: light;
  --cp-color-scheme: light;
  --cp-color-bg: #ffffff;
  --cp-color-surface: #f7f7f8;
  --cp-color-surface-raised: #ffffff;
  --cp-color-surface-hover: #ececf0;
  --cp-color-text: #1b1c21;
  --cp-color-text-muted: #5f626d;
  --cp-color-border: #e4e4e9;
  --cp-color-border-strong: #8b8e99;
  --cp-color-accent: #4f46c8;
  --cp-color-accent-hover: #4239ad;
  --cp-color-accent-soft: #eeedfb;
  --cp-color-accent-text: #ffffff;
  --cp-color-danger: #b3261e;
  --cp-color-danger-soft: #fdeeec;
  --cp-color-success: #17703f;
  --cp-color-warning: #855400;
  --cp-color-warning-soft: #fdf4e1;
  --cp-color-code-bg: #f6f6f8;
  --cp-color-focus-ring: #5b52d6;
  --cp-color-scrim: rgb(20 20 26 / 40%);
  --cp-color-tooltip-bg: #1b1c21;
  --cp-color-tooltip-text: #ffffff;
  --cp-shadow-1: 0 1px 2px rgb(20 20 30 / 6%), 0 1px 3px rgb(20 20 30 / 5%);
  --cp-shadow-2: 0 2px 6px rgb(20 20 30 / 6%), 0 12px 32px rgb(20 20 30 / 12%);
`;

const DARK = `
  color-scheme: dark;
  --cp-color-scheme: dark;
  --cp-color-bg: #17181c;
  --cp-color-surface: #101114;
  --cp-color-surface-raised: #202127;
  --cp-color-surface-hover: #282a31;
  --cp-color-text: #ececf1;
  --cp-color-text-muted: #a2a5b1;
  --cp-color-border: #2e3038;
  --cp-color-border-strong: #6d707d;
  --cp-color-accent: #a9a2ff;
  --cp-color-accent-hover: #bdb8ff;
  --cp-color-accent-soft: #292746;
  --cp-color-accent-text: #17162b;
  --cp-color-danger: #ff9a92;
  --cp-color-danger-soft: #3a2120;
  --cp-color-success: #74d69f;
  --cp-color-warning: #f0bf62;
  --cp-color-warning-soft: #352a16;
  --cp-color-code-bg: #1d1e24;
  --cp-color-focus-ring: #a9a2ff;
  --cp-color-scrim: rgb(0 0 0 / 60%);
  --cp-color-tooltip-bg: #ececf1;
  --cp-color-tooltip-text: #17181c;
  --cp-shadow-1: 0 1px 2px rgb(0 0 0 / 40%);
  --cp-shadow-2: 0 2px 8px rgb(0 0 0 / 36%), 0 16px 40px rgb(0 0 0 / 48%);
`;

const SHARED = `
  --cp-radius-s: 0.375rem;
  --cp-radius-m: 0.625rem;
  --cp-radius-l: 1rem;
  --cp-space-1: 0.25rem;
  --cp-space-2: 0.5rem;
  --cp-space-3: 0.75rem;
  --cp-space-4: 1rem;
  --cp-space-5: 1.5rem;
  --cp-space-6: 2rem;
  --cp-space-7: 3rem;
  --cp-space-8: 4rem;
  --cp-font-sans: ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans',
    'Noto Sans Thai', 'Helvetica Neue', sans-serif;
  --cp-font-mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace;
  --cp-font-size-s: 0.8125rem;
  --cp-font-size-m: 0.9375rem;
  --cp-font-size-l: 1.125rem;
  --cp-duration: 160ms;
  --cp-zoom: 1;
`;

/**
 * The widget's look as custom properties, for the root element. A page overrides any of them on
 * `<chat-playground>` itself: rules of the page win over these `:host` rules.
 */
export const tokens = css`
  :host {
    ${unsafeCSS(SHARED)}
    ${unsafeCSS(LIGHT)}
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([theme='light'])) {
      ${unsafeCSS(DARK)}
    }
  }
  :host([theme='dark']) {
    ${unsafeCSS(DARK)}
  }
  @media (prefers-reduced-motion: reduce) {
    :host {
      --cp-duration: 0.01ms;
    }
  }
`;
