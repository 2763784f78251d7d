import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    padding-block-end: var(--cp-space-3);
    border-block-end: 1px solid var(--cp-color-border);
  }
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--cp-space-2);
    min-block-size: 2.25rem;
  }
  h3 {
    margin: 0;
    font-size: 0.875rem;
    font-weight: 500;
  }
  .hint {
    margin: 0;
    color: var(--cp-color-text-muted);
    font-size: var(--cp-font-size-s);
    line-height: 1.45;
  }
  .hint .button {
    margin-block-start: var(--cp-space-2);
  }
  ul {
    max-block-size: 12.5rem;
    margin: var(--cp-space-1) -0.5rem 0;
    padding: 0;
    overflow-y: auto;
    list-style: none;
    scrollbar-width: thin;
    scrollbar-color: var(--cp-color-border) transparent;
  }
  .row {
    display: flex;
    align-items: center;
    border-radius: var(--cp-radius-m);
  }
  .row:hover,
  .row:focus-within {
    background: var(--cp-color-surface-hover);
  }
  .choose {
    display: flex;
    flex: 1;
    align-items: center;
    gap: 0.5rem;
    min-inline-size: 0;
    min-block-size: 2.25rem;
    padding-inline: 0.5rem 0.25rem;
    border-radius: inherit;
    font-size: 0.875rem;
  }
  .choose:focus-visible {
    outline-offset: -2px;
  }
  .mark {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 1.125rem;
    color: var(--cp-color-text-muted);
    font-size: 1.0625rem;
  }
  [aria-current] .mark {
    color: var(--cp-color-accent);
  }
  .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  [aria-current] .name {
    font-weight: 600;
  }
  .aside {
    flex: none;
    margin-inline-start: auto;
    color: var(--cp-color-text-muted);
    font-size: 0.75rem;
  }
  .aside.changed {
    color: var(--cp-color-accent);
    font-weight: 500;
  }
  cp-menu {
    flex: none;
    margin-inline-end: 0.1875rem;
    border-radius: var(--cp-radius-s);
    color: var(--cp-color-text-muted);
  }
  .dots {
    display: grid;
    place-items: center;
    inline-size: 1.75rem;
    block-size: 1.75rem;
    font-size: 1.125rem;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--cp-space-2);
  }
  .changes {
    display: flex;
    flex-direction: column;
    gap: var(--cp-space-2);
    margin-block-start: var(--cp-space-2);
    padding: 0.625rem 0.75rem 0.75rem;
    border-radius: var(--cp-radius-m);
    background: var(--cp-color-accent-soft);
    font-size: var(--cp-font-size-s);
  }
  .changes p {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .changes .buttons {
    justify-content: flex-start;
  }
  .skeleton {
    block-size: 0.875rem;
    inline-size: 60%;
    margin-block: 0.75rem;
  }
  @media (pointer: coarse) {
    .choose {
      min-block-size: 2.75rem;
    }
    .dots {
      inline-size: 2.5rem;
      block-size: 2.5rem;
    }
  }
`;
