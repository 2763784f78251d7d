import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
  }
  form {
    display: flex;
    flex-direction: column;
    gap: 0.625rem;
    max-inline-size: 34rem;
    margin-block-start: 0.5rem;
    padding: 0.75rem 0.875rem 0.875rem;
    border: 1px solid var(--cp-color-border, #e4e4e9);
    border-radius: var(--cp-radius-m, 0.625rem);
    background: var(--cp-color-surface, #f7f7f8);
  }
  .top {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 0.5rem;
  }
  .question {
    font-size: 0.875rem;
    font-weight: 500;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 0.375rem;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 0.25rem;
    min-block-size: 1.875rem;
    padding-inline: 0.75rem;
    border: 1px solid var(--cp-color-border-strong, #8b8e99);
    border-radius: 1rem;
    background: var(--cp-color-bg, #fff);
    font-size: var(--cp-font-size-s, 0.8125rem);
  }
  .chip:hover {
    background: var(--cp-color-surface-hover, #ececf0);
  }
  .chip[aria-pressed='true'] {
    border-color: var(--cp-color-accent, #4f46c8);
    background: var(--cp-color-accent-soft, #eeedfb);
    font-weight: 500;
  }
  .chip .icon {
    color: var(--cp-color-accent, #4f46c8);
    font-size: 0.9375rem;
  }
  textarea {
    min-block-size: 2.25rem;
    max-block-size: 8rem;
    padding: 0.4375rem 0.625rem;
    font-size: 0.875rem;
    resize: none;
    field-sizing: content;
  }
  .row {
    display: flex;
    justify-content: flex-end;
    gap: 0.5rem;
  }
  @media (pointer: coarse) {
    .chip {
      min-block-size: 2.5rem;
    }
  }
`;
