import { css } from 'lit';

export const styles = css`
  :host {
    position: absolute;
    /* Clear of the message box, which is where the eyes and the pointer are. */
    inset-block-end: 7.5rem;
    inset-inline: var(--cp-space-4);
    z-index: 30;
    pointer-events: none;
  }
  .list {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: var(--cp-space-2);
  }
  .toast {
    display: flex;
    align-items: center;
    gap: var(--cp-space-2);
    max-inline-size: min(32rem, 100%);
    padding-block: var(--cp-space-2);
    padding-inline: var(--cp-space-3) var(--cp-space-2);
    border-radius: var(--cp-radius-m);
    background: var(--cp-color-tooltip-bg);
    color: var(--cp-color-tooltip-text);
    box-shadow: var(--cp-shadow-2);
    font-size: 0.875rem;
    pointer-events: auto;
  }
  .toast > .icon {
    font-size: 1.125rem;
  }
  .text {
    flex: 1;
    min-inline-size: 0;
    padding-block: 0.25rem;
    overflow-wrap: anywhere;
  }
  .toast button {
    color: inherit;
  }
  .toast button:hover {
    background: color-mix(in srgb, currentcolor 16%, transparent);
  }
  .toast :focus-visible {
    outline-color: currentcolor;
  }
  .action {
    min-block-size: 1.875rem;
    padding-inline: 0.625rem;
    border-radius: var(--cp-radius-s);
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  @keyframes cp-rise {
    from {
      opacity: 0;
      transform: translateY(0.5rem);
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .toast {
      animation: cp-rise 200ms ease-out;
    }
  }
`;
