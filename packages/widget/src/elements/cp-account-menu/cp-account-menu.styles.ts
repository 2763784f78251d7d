import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
  }
  cp-menu {
    display: block;
    border-radius: var(--cp-radius-m);
  }
  .account {
    display: flex;
    align-items: center;
    gap: 0.625rem;
    inline-size: 100%;
    min-inline-size: 0;
    padding: 0.375rem 0.5rem;
    border-radius: var(--cp-radius-m);
  }
  .account:hover {
    background: var(--cp-color-surface-hover);
  }
  .avatar {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 2rem;
    block-size: 2rem;
    border-radius: 50%;
    background: var(--cp-color-accent-soft);
    color: var(--cp-color-accent);
    font-size: 0.8125rem;
    font-weight: 650;
  }
  /* Drawn, not written: to a screen reader the name beside it says all. */
  .avatar::before {
    content: attr(data-initials) / '';
  }
  .name {
    flex: 1;
    overflow: hidden;
    font-size: 0.875rem;
    font-weight: 500;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .account .icon {
    color: var(--cp-color-text-muted);
    font-size: 1.125rem;
  }
`;
