import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
  }
  form {
    display: flex;
    flex-direction: column;
    gap: var(--cp-space-2);
    margin-block: var(--cp-space-1) var(--cp-space-2);
  }
  input {
    padding: 0.375rem 0.625rem;
    font-size: 0.875rem;
  }
  p {
    margin: 0;
    color: var(--cp-color-text-muted);
    font-size: var(--cp-font-size-s);
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--cp-space-2);
  }
`;
