import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
  }
  .box {
    display: flex;
    align-items: flex-end;
    gap: var(--cp-space-2);
    padding: 0.5rem;
    border: 1px solid var(--cp-color-border);
    border-radius: 1.5rem;
    background: var(--cp-color-surface-raised);
    box-shadow: var(--cp-shadow-1);
    cursor: text;
    transition: border-color var(--cp-duration);
  }
  .box:focus-within {
    border-color: var(--cp-color-focus-ring);
    outline: 3px solid color-mix(in srgb, var(--cp-color-focus-ring) 18%, transparent);
  }
  textarea {
    flex: 1;
    min-inline-size: 0;
    max-block-size: min(18rem, 45vh);
    margin: 0;
    padding-block: 0.4375rem;
    padding-inline: 0.75rem 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    font-size: 1rem;
    line-height: 1.5;
    resize: none;
    field-sizing: content;
    overflow-wrap: anywhere;
  }
  textarea::placeholder {
    color: var(--cp-color-text-muted);
    opacity: 1;
  }
  /* The ring is drawn around the whole box. */
  textarea:focus-visible {
    outline: none;
  }
  .count {
    align-self: center;
    color: var(--cp-color-text-muted);
    font-size: var(--cp-font-size-s);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .count.over {
    color: var(--cp-color-danger);
    font-weight: 500;
  }
  .action {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 2.375rem;
    block-size: 2.375rem;
    border-radius: 50%;
    background: var(--cp-color-accent);
    color: var(--cp-color-accent-text);
    font-size: 1.25rem;
    transition:
      background-color var(--cp-duration),
      color var(--cp-duration);
  }
  .action:hover:not(:disabled) {
    background: var(--cp-color-accent-hover);
  }
  .action:disabled {
    background: var(--cp-color-surface-hover);
    color: var(--cp-color-text-muted);
  }
`;
