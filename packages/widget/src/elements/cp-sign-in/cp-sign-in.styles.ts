import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    place-items: center;
    min-block-size: 100%;
    padding: var(--cp-space-5) var(--cp-space-4);
    background: var(--cp-color-surface);
    overflow: auto;
  }
  .card {
    inline-size: min(25rem, 100%);
    padding: var(--cp-space-6);
    border: 1px solid var(--cp-color-border);
    border-radius: var(--cp-radius-l);
    background: var(--cp-color-bg);
    box-shadow: var(--cp-shadow-2);
  }
  @container (max-width: 30rem) {
    :host {
      place-items: start center;
      background: var(--cp-color-bg);
    }
    .card {
      padding: var(--cp-space-5) 0;
      border: 0;
      box-shadow: none;
    }
  }
  .mark {
    display: grid;
    place-items: center;
    inline-size: 2.75rem;
    block-size: 2.75rem;
    margin-block-end: var(--cp-space-4);
    border-radius: 0.875rem;
    background: var(--cp-color-accent);
    color: var(--cp-color-accent-text);
    font-size: 1.5rem;
  }
  h1 {
    margin: 0 0 var(--cp-space-1);
    font-size: 1.5rem;
    font-weight: 650;
    letter-spacing: -0.015em;
    line-height: 1.25;
  }
  .lead {
    margin: 0 0 var(--cp-space-5);
    color: var(--cp-color-text-muted);
    text-wrap: pretty;
  }
  form {
    display: flex;
    flex-direction: column;
  }
  label {
    display: block;
    margin-block-end: 0.3125rem;
    font-size: 0.875rem;
    font-weight: 500;
  }
  input {
    min-block-size: 2.625rem;
    font-size: 1rem;
  }
  .input {
    position: relative;
  }
  .input.with-button input {
    padding-inline-end: 2.75rem;
  }
  .input button {
    position: absolute;
    inset-block-start: 0.1875rem;
    inset-inline-end: 0.1875rem;
  }
  /* Always there, so that an error moves nothing below it. */
  .note {
    min-block-size: 1.625rem;
    margin: 0;
    padding-block: 0.1875rem 0.3125rem;
    color: var(--cp-color-text-muted);
    font-size: var(--cp-font-size-s, 0.8125rem);
    line-height: 1.35;
  }
  .note.error {
    color: var(--cp-color-danger);
  }
  .failure {
    display: flex;
    gap: var(--cp-space-2);
    margin: 0 0 var(--cp-space-3);
    padding: 0.625rem var(--cp-space-3);
    border-radius: var(--cp-radius-m);
    background: var(--cp-color-danger-soft);
    color: var(--cp-color-danger);
    font-size: 0.875rem;
  }
  .failure .icon {
    margin-block-start: 0.125rem;
    font-size: 1.125rem;
  }
  .submit {
    min-block-size: 2.75rem;
    margin-block-start: var(--cp-space-2);
    font-size: 1rem;
  }
  .submit[aria-disabled='true'] {
    opacity: 0.7;
    cursor: progress;
  }
  .switch {
    margin: var(--cp-space-4) 0 0;
    color: var(--cp-color-text-muted);
    font-size: 0.875rem;
    text-align: center;
  }
`;
