import { css } from 'lit';

export const styles = css`
  :host {
    position: relative;
    display: block;
    block-size: 100%;
    min-block-size: 0;
    background: var(--cp-color-bg, #fff);
  }
  .scroller {
    block-size: 100%;
    overflow-x: hidden;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-gutter: stable both-edges;
    scrollbar-width: thin;
    scrollbar-color: var(--cp-color-border, #e4e4e9) transparent;
  }
  .scroller:focus-visible {
    outline-offset: -2px;
  }
  .inner {
    max-inline-size: calc(46rem + 2 * var(--cp-space-4, 1rem));
    min-block-size: 100%;
    margin-inline: auto;
    padding: var(--cp-space-5, 1.5rem) var(--cp-space-4, 1rem) var(--cp-space-6, 2rem);
  }
  .message {
    /* Room for focus rings and hanging buttons, which containment would cut off. */
    margin-inline: -0.75rem;
    margin-block-start: 0.375rem;
    padding: 0.375rem 0.75rem;
    content-visibility: auto;
    contain-intrinsic-size: auto 14rem;
  }
  .message.own {
    margin-block-start: 1.25rem;
    contain-intrinsic-size: auto 5rem;
  }
  .found {
    border-radius: var(--cp-radius-m, 0.625rem);
    background: var(--cp-color-accent-soft, #eeedfb);
  }
  .found:focus-visible {
    outline-offset: -2px;
  }
  @keyframes cp-found {
    70%,
    100% {
      background: transparent;
    }
    0%,
    35% {
      background: var(--cp-color-accent-soft, #eeedfb);
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .found {
      animation: cp-found 2.4s ease-out forwards;
    }
  }
  cp-message:is(.open, :last-of-type) {
    content-visibility: visible;
  }
  /* What grows is laid out and painted by itself, as those are that may be skipped. */
  cp-message.open {
    contain: content;
  }
  /* Bare text in the room of the message drawn in full: skipped unless it is in sight. */
  .far {
    overflow: hidden;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .older {
    display: flex;
    justify-content: center;
    min-block-size: 2.5rem;
    color: var(--cp-color-text-muted, #5f626d);
    font-size: var(--cp-font-size-s, 0.8125rem);
  }
  .jump {
    position: absolute;
    inset-block-end: 0.75rem;
    inset-inline-start: 50%;
    display: inline-flex;
    align-items: center;
    gap: 0.5rem;
    min-block-size: 2.25rem;
    padding-inline: 0.75rem 1rem;
    border: 1px solid var(--cp-color-border, #e4e4e9);
    border-radius: 2rem;
    background: var(--cp-color-surface-raised, #fff);
    box-shadow: var(--cp-shadow-2);
    font-size: var(--cp-font-size-s, 0.8125rem);
    font-weight: 500;
    white-space: nowrap;
    translate: -50%;
  }
  .jump:dir(rtl) {
    translate: 50%;
  }
  .jump:hover {
    background: var(--cp-color-surface-hover, #ececf0);
  }
  .jump .count {
    display: inline-grid;
    place-items: center;
    min-inline-size: 1.25rem;
    block-size: 1.25rem;
    padding-inline: 0.3125rem;
    border-radius: 1rem;
    background: var(--cp-color-accent, #4f46c8);
    color: var(--cp-color-accent-text, #fff);
    font-size: 0.75rem;
    font-variant-numeric: tabular-nums;
    line-height: 1;
  }
  .jump .live {
    inline-size: 0.5rem;
    block-size: 0.5rem;
    border-radius: 50%;
    background: var(--cp-color-accent, #4f46c8);
  }
  @keyframes cp-live {
    50% {
      opacity: 0.3;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .jump .live {
      animation: cp-live 1.4s ease-in-out infinite;
    }
  }
`;
