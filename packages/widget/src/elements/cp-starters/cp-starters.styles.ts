import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
  }
  ul {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: var(--cp-space-2);
    margin: 0;
    padding: 0;
    list-style: none;
  }
  button {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    padding: 0.75rem 0.875rem;
    border: 1px solid var(--cp-color-border);
    border-radius: var(--cp-radius-m);
    font-size: 0.875rem;
    line-height: 1.4;
    transition: background-color var(--cp-duration);
  }
  button:hover:not(:disabled) {
    background: var(--cp-color-surface-hover);
  }
  button:disabled {
    opacity: 0.6;
  }
  strong {
    display: block;
    font-weight: 600;
  }
  span {
    display: -webkit-box;
    overflow: hidden;
    color: var(--cp-color-text-muted);
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  @container (max-width: 32rem) {
    span {
      display: none;
    }
  }
`;
