import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
  }
  .note {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 0.75rem;
    margin-block: 0.75rem 0;
    color: var(--cp-color-text-muted, #5f626d);
    font-size: var(--cp-font-size-m, 0.9375rem);
  }
  :host([first]) .note {
    margin-block-start: 0;
  }
  .note > .icon {
    font-size: 1.125rem;
  }
  .note span {
    flex: 0 1 auto;
    max-inline-size: calc(100% - 2rem);
  }
  .note.error {
    padding: 0.75rem 0.875rem;
    border-radius: var(--cp-radius-m, 0.625rem);
    background: var(--cp-color-danger-soft, #fdeeec);
    color: var(--cp-color-text, #1b1c21);
  }
  .note.error > .icon {
    align-self: start;
    margin-block-start: 0.1875rem;
    color: var(--cp-color-danger, #b3261e);
  }
  .note.error span {
    flex: 1 1 14rem;
    overflow-wrap: anywhere;
  }
  .button {
    font-variant-numeric: tabular-nums;
  }
  .button .icon {
    font-size: 1rem;
  }
  .button .icon:dir(rtl) {
    scale: -1 1;
  }
`;
