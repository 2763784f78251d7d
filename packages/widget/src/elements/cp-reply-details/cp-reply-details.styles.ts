import { css } from 'lit';

export const styles = css`
  :host {
    display: inline-flex;
    min-inline-size: 0;
    font-size: var(--cp-font-size-s, 0.8125rem);
  }
  .summary {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.5rem;
    min-block-size: 2rem;
    padding-inline: 0.5rem;
    border-radius: var(--cp-radius-s, 0.375rem);
    color: var(--cp-color-text-muted, #5f626d);
    font-variant-numeric: tabular-nums;
    line-height: 1.3;
    transition: background-color var(--cp-duration, 160ms);
  }
  .summary:hover,
  .summary[aria-expanded='true'] {
    background: var(--cp-color-surface-hover, #ececf0);
    color: var(--cp-color-text, #1b1c21);
  }
  .summary > span:not(:last-child)::after {
    content: '·';
    margin-inline-start: 0.5rem;
  }
  .adjusted {
    color: var(--cp-color-warning, #855400);
  }
  .surface {
    inline-size: min(24rem, calc(100vw - 1.5rem));
    padding: 1rem;
    overflow-y: auto;
    font-size: var(--cp-font-size-s, 0.8125rem);
  }
  h3 {
    margin: 0 0 0.75rem;
    font-size: var(--cp-font-size-m, 0.9375rem);
    font-weight: 600;
  }
  h4 {
    margin: 1rem 0 0.5rem;
    padding-block-start: 1rem;
    border-block-start: 1px solid var(--cp-color-border, #e4e4e9);
    font-size: inherit;
    font-weight: 600;
  }
  dl {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0.375rem 1.25rem;
    margin: 0;
  }
  dt {
    color: var(--cp-color-text-muted, #5f626d);
  }
  dd {
    margin: 0;
    text-align: end;
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }
  p {
    margin: 0;
    color: var(--cp-color-text-muted, #5f626d);
  }
  .outcome {
    display: block;
    color: var(--cp-color-text-muted, #5f626d);
    font-size: 0.75rem;
  }
  :is(.clamped, .dropped) .outcome {
    color: var(--cp-color-warning, #855400);
  }
  .dropped .value {
    color: var(--cp-color-text-muted, #5f626d);
    text-decoration: line-through;
  }
  .value {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }
`;
