import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    /* Else the white space between our parts takes room, or what is the height is the width. */
    white-space: normal !important;
    writing-mode: horizontal-tb !important;
    background: var(--cp-color-bg);
  }
  :host([layout='full']) {
    block-size: 100vh;
    block-size: 100dvh;
  }
  :host([layout='panel']) {
    block-size: 100%;
    min-block-size: 24rem;
    border: 1px solid var(--cp-color-border);
    border-radius: var(--cp-radius-l);
    overflow: hidden;
  }
  /* What floats is fixed inside: a page's rule for every element can then not put it elsewhere. */
  :host([layout='floating']) {
    display: contents;
  }
  /* What the page says of letters, case or spacing ends here, while its custom properties go on. */
  .stage,
  .launcher {
    all: initial;
    box-sizing: border-box;
    color-scheme: var(--cp-color-scheme);
    visibility: inherit;
    /* Has no value that takes nothing over from what is around it. */
    -webkit-user-select: text;
    user-select: text;
    zoom: var(--cp-zoom);
  }
  .stage {
    display: block;
    position: relative;
    block-size: 100%;
    container-type: inline-size;
    background: var(--cp-color-bg);
    color: var(--cp-color-text);
    font-family: var(--cp-font-sans);
    font-size: var(--cp-font-size-m);
    line-height: 1.5;
    text-align: start;
    -webkit-text-size-adjust: 100%;
  }
  /* Has the language's direction, which the floating panel's place must not follow. */
  .words {
    display: contents;
  }
  :host([layout='floating']) .stage {
    position: fixed;
    /* Above the button, which on a small screen it covers. */
    z-index: 2147483001;
    inset-block-end: calc(var(--cp-space-5) + 4.25rem);
    inset-inline-end: var(--cp-space-5);
    inline-size: min(26rem, calc(100vw / var(--cp-zoom) - 2 * var(--cp-space-5)));
    block-size: min(42rem, calc(100dvh / var(--cp-zoom) - 2 * var(--cp-space-5) - 4.25rem));
    border: 1px solid var(--cp-color-border);
    border-radius: var(--cp-radius-l);
    box-shadow: var(--cp-shadow-2);
    overflow: hidden;
  }
  @media (max-width: 30rem) {
    :host([layout='floating']) .stage {
      inset: 0;
      inline-size: 100%;
      block-size: 100%;
      border: 0;
      border-radius: 0;
    }
  }
  /* Without the bar of a chat nothing else closes the panel. */
  .stage:not(:has(cp-frame)) ~ .launcher {
    z-index: 2147483002;
  }
  .launcher {
    display: grid;
    position: fixed;
    z-index: 2147483000;
    inset-block-end: var(--cp-space-5);
    inset-inline-end: var(--cp-space-5);
    place-items: center;
    inline-size: 3.5rem;
    block-size: 3.5rem;
    border-radius: 50%;
    background: var(--cp-color-accent);
    color: var(--cp-color-accent-text);
    box-shadow: var(--cp-shadow-2);
    font-size: 1.625rem;
    cursor: pointer;
    transition: background-color var(--cp-duration);
  }
  .launcher:focus-visible {
    outline: 2px solid var(--cp-color-focus-ring);
    outline-offset: 2px;
  }
  .launcher:hover {
    background: var(--cp-color-accent-hover);
  }
  .restoring {
    display: grid;
    place-items: center;
    block-size: 100%;
    color: var(--cp-color-accent);
    font-size: 2.25rem;
  }
  @keyframes cp-pulse {
    50% {
      opacity: 0.35;
      transform: scale(0.92);
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .restoring .icon {
      animation: cp-pulse 1.4s ease-in-out infinite;
    }
  }
  .history {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
  }
  cp-history {
    flex: 1;
  }
  cp-account-menu {
    flex: none;
    padding: var(--cp-space-2);
    border-block-start: 1px solid var(--cp-color-border);
  }
  cp-sign-in {
    block-size: 100%;
  }
`;
