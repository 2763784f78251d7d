import { css } from 'lit';

export const styles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    block-size: 100%;
  }
  .top {
    display: flex;
    flex-direction: column;
    gap: var(--cp-space-2);
    padding: var(--cp-space-2) var(--cp-space-3) var(--cp-space-2);
  }
  .new {
    justify-content: flex-start;
    padding-inline: 0.625rem;
    font-size: 0.875rem;
  }
  .new .icon {
    color: var(--cp-color-text-muted);
    font-size: 1.125rem;
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
  .list {
    flex: 1;
    min-block-size: 0;
    padding: 0 var(--cp-space-3) var(--cp-space-4);
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--cp-color-border) transparent;
  }
  h3 {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    margin: 0;
    padding: var(--cp-space-3) 0.625rem var(--cp-space-1);
    background: var(--cp-color-surface);
    color: var(--cp-color-text-muted);
    font-size: 0.75rem;
    font-weight: 500;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  /* Off-screen rows cost nothing to lay out, and the browser's search still finds them. */
  li {
    content-visibility: auto;
    contain-intrinsic-block-size: auto 2.25rem;
    margin-block-end: 1px;
  }
  .message {
    margin: 0;
    padding: var(--cp-space-5) 0.625rem;
    color: var(--cp-color-text-muted);
    font-size: 0.875rem;
  }
  .message .button {
    margin-block-start: var(--cp-space-3);
  }
  .more {
    inline-size: 100%;
    margin-block-start: var(--cp-space-2);
  }
  .skeleton {
    block-size: 0.875rem;
    margin: 0.75rem 0.625rem;
  }
  .skeleton:nth-child(3n + 1) {
    inline-size: 72%;
  }
  .skeleton:nth-child(3n + 2) {
    inline-size: 54%;
  }
  .skeleton:nth-child(3n) {
    inline-size: 64%;
  }
`;
