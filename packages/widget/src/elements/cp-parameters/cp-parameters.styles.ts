import { css } from 'lit';

export const styles = css`
  :host {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
  }
  .head {
    display: flex;
    align-items: center;
    gap: var(--cp-space-2);
    min-block-size: 2.25rem;
    padding: 0 var(--cp-space-4);
  }
  .model {
    flex: 1;
    margin: 0;
    overflow: hidden;
    color: var(--cp-color-text-muted);
    font-size: var(--cp-font-size-s);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .list {
    display: flex;
    flex: 1;
    flex-direction: column;
    gap: var(--cp-space-3);
    min-block-size: 0;
    padding: var(--cp-space-2) var(--cp-space-4) var(--cp-space-5);
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--cp-color-border) transparent;
  }
  /* Room for what is fetched, so that nothing below it jumps far. */
  cp-presets:not(:defined) {
    min-block-size: 5rem;
  }
  details {
    padding-block-start: var(--cp-space-2);
    border-block-start: 1px solid var(--cp-color-border);
  }
  summary {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-block-size: 2.25rem;
    border-radius: var(--cp-radius-s);
    font-size: 0.875rem;
    font-weight: 500;
    cursor: pointer;
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary .icon {
    color: var(--cp-color-text-muted);
    transition: rotate var(--cp-duration);
  }
  details[open] summary .icon {
    rotate: 180deg;
  }
  .advanced {
    display: flex;
    flex-direction: column;
    gap: var(--cp-space-3);
    padding-block-start: var(--cp-space-2);
  }
  .empty {
    margin: 0;
    padding: var(--cp-space-4);
    color: var(--cp-color-text-muted);
    font-size: 0.875rem;
  }
`;
