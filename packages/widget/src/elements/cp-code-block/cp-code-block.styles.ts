import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    border: 1px solid var(--cp-color-border, #e4e4e9);
    border-radius: var(--cp-radius-m, 0.625rem);
    background: var(--cp-color-code-bg, #f6f6f8);
    overflow: clip;
    contain: layout style;
  }
  .bar {
    display: flex;
    align-items: center;
    gap: 0.125rem;
    min-block-size: 2.25rem;
    padding-inline: 1rem 0.375rem;
    border-block-end: 1px solid var(--cp-color-border, #e4e4e9);
    color: var(--cp-color-text-muted, #5f626d);
    font-family: var(--cp-font-sans, system-ui, sans-serif);
    font-size: var(--cp-font-size-s, 0.8125rem);
    line-height: 1;
    user-select: none;
  }
  .language {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .switch {
    min-block-size: 1.75rem;
    padding-inline: 0.625rem;
    border: 1px solid var(--cp-color-border, #e4e4e9);
    border-radius: var(--cp-radius-s, 0.375rem);
    background: var(--cp-color-bg, #fff);
    color: var(--cp-color-text, #1b1c21);
    font: inherit;
    font-weight: 500;
    cursor: pointer;
  }
  .switch:hover {
    background: var(--cp-color-surface-hover, #ececf0);
  }
  .icon-button.small[aria-pressed='true'] {
    background: var(--cp-color-accent-soft, #eeedfb);
    color: var(--cp-color-accent, #4f46c8);
  }
  .icon-button.done {
    color: var(--cp-color-success, #17703f);
  }
`;
