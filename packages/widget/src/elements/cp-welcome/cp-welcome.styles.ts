import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    text-align: center;
  }
  h1 {
    margin: 0 0 var(--cp-space-2);
    font-size: clamp(1.5rem, 1.2rem + 1.6cqi, 2rem);
    font-weight: 600;
    letter-spacing: -0.02em;
    line-height: 1.2;
    text-wrap: balance;
  }
  p {
    margin: 0 auto;
    max-inline-size: 30rem;
    color: var(--cp-color-text-muted);
    text-wrap: balance;
  }
`;
