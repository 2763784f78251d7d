import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    place-items: center;
    block-size: 100%;
    padding: var(--cp-space-5) var(--cp-space-4);
    overflow: auto;
  }
  .card {
    inline-size: min(24rem, 100%);
    text-align: center;
  }
  .mark {
    display: grid;
    place-items: center;
    inline-size: 3.5rem;
    block-size: 3.5rem;
    margin: 0 auto var(--cp-space-4);
    border-radius: 50%;
    background: var(--cp-color-accent-soft);
    color: var(--cp-color-accent);
    font-size: 1.75rem;
  }
  h1 {
    margin: 0 0 var(--cp-space-2);
    font-size: 1.25rem;
    font-weight: 650;
    line-height: 1.3;
    text-wrap: balance;
  }
  p {
    margin: 0 0 var(--cp-space-5);
    color: var(--cp-color-text-muted);
    text-wrap: pretty;
  }
`;
