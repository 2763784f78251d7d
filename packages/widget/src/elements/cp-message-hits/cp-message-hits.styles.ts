import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    content-visibility: auto;
    contain-intrinsic-block-size: auto 4.75rem;
    margin-block-end: 1px;
  }
  .hit {
    display: block;
    inline-size: 100%;
    padding: 0.4375rem 0.625rem;
    border-radius: var(--cp-radius-m);
  }
  .hit:hover {
    background: var(--cp-color-surface-hover);
  }
  .hit:focus-visible {
    outline-offset: -2px;
  }
  .line {
    display: flex;
    align-items: baseline;
    gap: 0.5rem;
  }
  .title {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    font-size: 0.875rem;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  time {
    flex: none;
    color: var(--cp-color-text-muted);
    font-size: 0.75rem;
  }
  .snippet {
    display: -webkit-box;
    margin-block-start: 0.0625rem;
    overflow: hidden;
    color: var(--cp-color-text-muted);
    font-size: var(--cp-font-size-s);
    line-height: 1.45;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .role {
    font-weight: 500;
  }
  .message {
    margin: 0;
    padding: var(--cp-space-2) 0.625rem var(--cp-space-3);
    color: var(--cp-color-text-muted);
    font-size: 0.875rem;
  }
  .message .button {
    display: flex;
    margin-block-start: var(--cp-space-2);
  }
  .more {
    inline-size: 100%;
    margin-block-start: var(--cp-space-2);
  }
  .skeleton {
    block-size: 0.75rem;
    margin: 0.625rem;
  }
  .skeleton:nth-child(odd) {
    inline-size: 58%;
    margin-block-end: 0;
  }
`;
