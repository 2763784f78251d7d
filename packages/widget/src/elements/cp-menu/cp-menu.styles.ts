import { css } from 'lit';

export const styles = css`
  :host {
    display: inline-block;
  }
  .trigger {
    display: flex;
    align-items: center;
    inline-size: 100%;
    border-radius: inherit;
  }
  .menu {
    min-inline-size: 11.5rem;
    max-inline-size: min(20rem, 94vw);
    padding: var(--cp-space-1);
    overflow: auto;
  }
  .group + .group {
    margin-block-start: var(--cp-space-1);
    padding-block-start: var(--cp-space-1);
    border-block-start: 1px solid var(--cp-color-border);
  }
  .heading {
    padding: var(--cp-space-2) var(--cp-space-2) var(--cp-space-1);
    color: var(--cp-color-text-muted);
    font-size: 0.75rem;
    font-weight: 500;
  }
  .item {
    display: flex;
    align-items: center;
    gap: 0.625rem;
    inline-size: 100%;
    min-block-size: 2.125rem;
    padding: 0.25rem var(--cp-space-2);
    border-radius: var(--cp-radius-s);
    font-size: 0.875rem;
  }
  .item .icon {
    color: var(--cp-color-text-muted);
    font-size: 1.125rem;
  }
  .item:hover,
  .item:focus-visible {
    outline-offset: -2px;
    background: var(--cp-color-surface-hover);
  }
  .label {
    flex: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .item.danger,
  .item.danger .icon {
    color: var(--cp-color-danger);
  }
  .item .mark {
    color: var(--cp-color-accent);
  }
  @media (pointer: coarse) {
    .item {
      min-block-size: 2.75rem;
    }
  }
`;
