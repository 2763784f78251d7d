import { css } from 'lit';

/** What every single parameter looks like: name, explanation, way back. */
export const parameterStyles = css`
  :host {
    display: block;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 0.125rem;
    min-block-size: 2rem;
  }
  label {
    font-size: 0.875rem;
    font-weight: 500;
  }
  .spring {
    flex: 1;
  }
  .help,
  .why {
    margin: 0 0 var(--cp-space-2);
    color: var(--cp-color-text-muted);
    font-size: var(--cp-font-size-s);
    line-height: 1.45;
  }
  .head .icon-button {
    font-size: 1rem;
  }
  textarea {
    display: block;
    min-block-size: 4.5rem;
    max-block-size: 18rem;
    padding: 0.5rem 0.625rem;
    border-color: var(--cp-color-border-strong);
    font-size: 0.875rem;
    resize: vertical;
    field-sizing: content;
  }
  :disabled {
    opacity: 0.55;
  }
`;
