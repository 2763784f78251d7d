import { css } from 'lit';

/** Boxes, focus, and what is only for screen readers: part of every element's styles. */
export const base = css`
  :host {
    box-sizing: border-box;
    color: var(--cp-color-text, #1b1c21);
    font-family: var(--cp-font-sans, system-ui, sans-serif);
    font-size: var(--cp-font-size-m, 0.9375rem);
    line-height: 1.5;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :focus {
    outline: none;
  }
  :focus-visible {
    outline: 2px solid var(--cp-color-focus-ring, #5b52d6);
    outline-offset: 2px;
  }
  .icon {
    display: block;
    flex: none;
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

export const buttons = css`
  button {
    margin: 0;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    text-align: inherit;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  button:disabled {
    cursor: not-allowed;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--cp-space-2);
    min-block-size: 2.25rem;
    padding-inline: 0.875rem;
    border: 1px solid var(--cp-color-border);
    border-radius: var(--cp-radius-m);
    background: var(--cp-color-surface-raised);
    color: var(--cp-color-text);
    font-size: var(--cp-font-size-m);
    font-weight: 500;
    white-space: nowrap;
    transition:
      background-color var(--cp-duration),
      border-color var(--cp-duration);
  }
  .button:disabled {
    opacity: 0.6;
  }
  .button:hover:not(:disabled) {
    background: var(--cp-color-surface-hover);
  }
  .button.primary {
    border-color: transparent;
    background: var(--cp-color-accent);
    color: var(--cp-color-accent-text);
  }
  .button.primary:hover:not(:disabled) {
    background: var(--cp-color-accent-hover);
  }
  .button.small {
    min-block-size: 1.875rem;
    padding-inline: 0.625rem;
    font-size: var(--cp-font-size-s);
  }
  .icon-button {
    display: inline-grid;
    place-items: center;
    flex: none;
    inline-size: 2.25rem;
    block-size: 2.25rem;
    border-radius: var(--cp-radius-m);
    color: var(--cp-color-text-muted);
    font-size: 1.25rem;
    transition:
      background-color var(--cp-duration),
      color var(--cp-duration);
  }
  .icon-button:hover:not(:disabled),
  .icon-button[aria-expanded='true'] {
    background: var(--cp-color-surface-hover);
    color: var(--cp-color-text);
  }
  .icon-button.small {
    inline-size: 1.75rem;
    block-size: 1.75rem;
    border-radius: var(--cp-radius-s);
    font-size: 1rem;
  }
  .link {
    color: var(--cp-color-accent);
    font-weight: 500;
    text-decoration: underline;
    text-decoration-color: color-mix(in srgb, currentcolor 35%, transparent);
    text-underline-offset: 0.2em;
  }
  .link:hover {
    text-decoration-color: currentcolor;
  }
`;

export const fields = css`
  input,
  textarea {
    inline-size: 100%;
    margin: 0;
    padding: 0.5rem 0.75rem;
    border: 1px solid var(--cp-color-border-strong);
    border-radius: var(--cp-radius-m);
    background: var(--cp-color-bg);
    color: var(--cp-color-text);
    font: inherit;
    transition: border-color var(--cp-duration);
  }
  input::placeholder,
  textarea::placeholder {
    color: var(--cp-color-text-muted);
    opacity: 1;
  }
  input:focus-visible,
  textarea:focus-visible {
    border-color: var(--cp-color-accent);
    outline: 2px solid var(--cp-color-focus-ring);
    outline-offset: -1px;
  }
  input[aria-invalid='true'] {
    border-color: var(--cp-color-danger);
  }
`;

/** Floating surfaces: menus, lists of choices, dialogs. */
export const surfaces = css`
  .surface {
    margin: 0;
    padding: 0;
    border: 1px solid var(--cp-color-border);
    border-radius: var(--cp-radius-m);
    background: var(--cp-color-surface-raised);
    color: var(--cp-color-text);
    box-shadow: var(--cp-shadow-2);
  }
  @keyframes cp-appear {
    from {
      opacity: 0;
      transform: translateY(-0.25rem);
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .surface:popover-open {
      animation: cp-appear var(--cp-duration) ease-out;
    }
  }
`;

export const skeletons = css`
  .skeleton {
    border-radius: var(--cp-radius-s);
    background: var(--cp-color-surface-hover);
  }
  @keyframes cp-breathe {
    50% {
      opacity: 0.5;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .skeleton {
      animation: cp-breathe 1.6s ease-in-out infinite;
    }
  }
`;
