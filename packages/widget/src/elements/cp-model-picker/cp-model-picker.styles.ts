import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    min-inline-size: 0;
  }
  .trigger {
    display: flex;
    align-items: center;
    gap: 0.25rem;
    max-inline-size: 100%;
    min-block-size: 2.25rem;
    padding-inline: 0.625rem 0.5rem;
    border-radius: var(--cp-radius-m);
    font-size: 1rem;
    font-weight: 600;
  }
  .trigger:hover:not(:disabled),
  .trigger[aria-expanded='true'] {
    background: var(--cp-color-surface-hover);
  }
  .trigger .icon {
    color: var(--cp-color-text-muted);
  }
  .current {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .panel {
    flex-direction: column;
    inline-size: min(22rem, calc(100vw - 1rem));
    overflow: hidden;
  }
  .panel:popover-open {
    display: flex;
  }
  .search {
    display: flex;
    align-items: center;
    flex: none;
    padding-inline-start: 0.75rem;
    border-block-end: 1px solid var(--cp-color-border);
    color: var(--cp-color-text-muted);
    font-size: 1.125rem;
  }
  .search input,
  .search input:focus-visible {
    border: 0;
    outline: none;
    background: none;
    font-size: 0.875rem;
    line-height: 1.75rem;
  }
  .options {
    flex: 1;
    min-block-size: 0;
    max-block-size: 24rem;
    padding: var(--cp-space-1);
    overflow: auto;
  }
  .provider {
    padding: var(--cp-space-2) var(--cp-space-2) var(--cp-space-1);
    color: var(--cp-color-text-muted);
    font-size: 0.75rem;
    font-weight: 500;
  }
  .option {
    display: flex;
    align-items: center;
    gap: var(--cp-space-2);
    min-block-size: 2.25rem;
    padding: 0.375rem var(--cp-space-2);
    border-radius: var(--cp-radius-s);
    font-size: 0.875rem;
    cursor: pointer;
  }
  .option[data-active] {
    background: var(--cp-color-surface-hover);
    outline: 1px solid var(--cp-color-border-strong);
    outline-offset: -1px;
  }
  .texts {
    flex: 1;
    min-inline-size: 0;
  }
  .name {
    overflow-wrap: anywhere;
    font-weight: 500;
  }
  .description {
    color: var(--cp-color-text-muted);
    font-size: var(--cp-font-size-s);
    line-height: 1.4;
  }
  .option > .icon {
    color: var(--cp-color-accent);
    font-size: 1.125rem;
  }
  .badge {
    padding: 0.0625rem 0.4375rem;
    border-radius: 1rem;
    background: var(--cp-color-warning-soft);
    color: var(--cp-color-warning);
    font-size: 0.75rem;
    font-weight: 500;
    white-space: nowrap;
  }
  .empty {
    padding: var(--cp-space-4) var(--cp-space-3);
    color: var(--cp-color-text-muted);
    font-size: 0.875rem;
  }
`;
