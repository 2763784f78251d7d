import { css } from 'lit';

export const styles = css`
  :host {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.125rem;
    min-block-size: 2rem;
    color: var(--cp-color-text-muted, #5f626d);
  }
  .icon-button {
    inline-size: 2rem;
    block-size: 2rem;
    border-radius: var(--cp-radius-s, 0.375rem);
    font-size: 1.0625rem;
  }
  .icon-button:disabled {
    opacity: 0.4;
  }
  .icon-button[aria-pressed='true'] {
    color: var(--cp-color-accent, #4f46c8);
  }
  .icon-button[aria-pressed='true'] .icon {
    fill: color-mix(in srgb, currentcolor 22%, transparent);
  }
  .icon-button.done {
    color: var(--cp-color-success, #17703f);
  }
  .of-page {
    display: contents;
  }
  .of-page button {
    min-block-size: 2rem;
    padding-inline: 0.5rem;
    border-radius: var(--cp-radius-s, 0.375rem);
    font-size: var(--cp-font-size-s, 0.8125rem);
  }
  .of-page button:hover {
    background: var(--cp-color-surface-hover, #ececf0);
    color: var(--cp-color-text, #1b1c21);
  }
  .branches {
    display: inline-flex;
    align-items: center;
    font-size: var(--cp-font-size-s, 0.8125rem);
    font-variant-numeric: tabular-nums;
    line-height: 1;
    white-space: nowrap;
  }
  .branches .icon-button {
    inline-size: 1.625rem;
  }
  @media (pointer: coarse) {
    .icon-button {
      inline-size: 2.5rem;
      block-size: 2.5rem;
    }
  }
`;
