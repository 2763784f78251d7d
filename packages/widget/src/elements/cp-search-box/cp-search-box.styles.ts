import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
  }
  .search {
    position: relative;
  }
  .search > .icon {
    position: absolute;
    inset-block-start: 50%;
    inset-inline-start: 0.625rem;
    translate: 0 -50%;
    color: var(--cp-color-text-muted);
    font-size: 1.125rem;
    pointer-events: none;
  }
  .search input {
    padding: 0.375rem 2rem 0.375rem 2.25rem;
    padding-inline: 2.25rem 2rem;
    border-color: transparent;
    background: transparent;
    font-size: 0.875rem;
  }
  .search input:hover {
    background: var(--cp-color-surface-hover);
  }
  .search input:focus-visible {
    background: var(--cp-color-bg);
  }
  .search input::-webkit-search-cancel-button {
    display: none;
  }
  .clear {
    position: absolute;
    inset-block-start: 50%;
    inset-inline-end: 0.25rem;
    translate: 0 -50%;
  }
`;
