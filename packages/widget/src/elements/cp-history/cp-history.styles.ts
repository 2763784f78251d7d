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
  .archive-head {
    display: flex;
    align-items: center;
    gap: var(--cp-space-2);
  }
  .archive-head h3 {
    position: static;
    padding: 0;
    color: inherit;
    font-size: 0.9375rem;
    font-weight: 600;
  }
  .back:dir(rtl) .icon {
    scale: -1 1;
  }
  .archive-link {
    flex: none;
    justify-content: flex-start;
    margin: var(--cp-space-1) var(--cp-space-3) var(--cp-space-2);
    padding-inline: 0.625rem;
    border-color: transparent;
    background: none;
    color: var(--cp-color-text-muted);
    font-size: 0.875rem;
  }
  .archive-link .icon {
    font-size: 1.125rem;
  }
  .show-all {
    padding: 0.25rem 0.625rem 0.5rem;
    font-size: var(--cp-font-size-s);
  }
  .message .hint {
    display: block;
    margin-block-start: var(--cp-space-1);
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
