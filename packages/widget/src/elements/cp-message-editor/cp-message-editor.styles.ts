import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
  }
  form {
    padding: 0.75rem;
    border: 1px solid var(--cp-color-focus-ring, #5b52d6);
    border-radius: var(--cp-radius-l, 1rem);
    background: var(--cp-color-surface-raised, #fff);
    box-shadow: var(--cp-shadow-1);
  }
  textarea {
    display: block;
    inline-size: 100%;
    min-block-size: 3lh;
    max-block-size: 50vh;
    margin: 0;
    padding: 0.25rem;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    font-size: 1rem;
    line-height: 1.55;
    resize: none;
    field-sizing: content;
    overflow-wrap: anywhere;
  }
  textarea:focus-visible {
    outline: none;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 0.5rem;
    margin-block-start: 0.5rem;
  }
  .hint {
    flex: 1 1 12rem;
    margin: 0;
    padding-inline-start: 0.25rem;
    color: var(--cp-color-text-muted, #5f626d);
    font-size: var(--cp-font-size-s, 0.8125rem);
  }
`;
