import { css } from 'lit';

export const styles = css`
  .number {
    inline-size: 4.75rem;
    padding: 0.1875rem 0.375rem;
    border-color: transparent;
    border-radius: var(--cp-radius-s);
    background: transparent;
    font-size: 0.875rem;
    font-variant-numeric: tabular-nums;
    text-align: end;
    appearance: textfield;
  }
  .number::-webkit-inner-spin-button {
    appearance: none;
    margin: 0;
  }
  .number:hover:not(:disabled) {
    border-color: var(--cp-color-border-strong);
  }
  .number.wide {
    inline-size: 100%;
    border-color: var(--cp-color-border-strong);
    text-align: start;
  }
  .range {
    --_track: 0.25rem;
    display: block;
    block-size: 1.5rem;
    padding: 0;
    border: 0;
    background: transparent;
    cursor: pointer;
    appearance: none;
  }
  .range:disabled {
    cursor: not-allowed;
  }
  .range::-webkit-slider-runnable-track {
    block-size: var(--_track);
    border-radius: 1rem;
    background: linear-gradient(
      var(--_direction, to right),
      var(--cp-color-accent) var(--_fill, 0%),
      var(--cp-color-border) var(--_fill, 0%)
    );
  }
  .range::-moz-range-track {
    block-size: var(--_track);
    border-radius: 1rem;
    background: var(--cp-color-border);
  }
  .range::-moz-range-progress {
    block-size: var(--_track);
    border-radius: 1rem;
    background: var(--cp-color-accent);
  }
  .range:dir(rtl) {
    --_direction: to left;
  }
  .range::-webkit-slider-thumb {
    inline-size: 1rem;
    block-size: 1rem;
    margin-block-start: -0.375rem;
    border: 0.1875rem solid var(--cp-color-accent);
    border-radius: 50%;
    background: var(--cp-color-surface-raised);
    box-shadow: var(--cp-shadow-1);
    transition: scale var(--cp-duration);
    appearance: none;
  }
  .range::-moz-range-thumb {
    inline-size: 0.625rem;
    block-size: 0.625rem;
    border: 0.1875rem solid var(--cp-color-accent);
    border-radius: 50%;
    background: var(--cp-color-surface-raised);
  }
  .range:hover:not(:disabled)::-webkit-slider-thumb {
    scale: 1.15;
  }
  .range:focus-visible {
    border-radius: var(--cp-radius-s);
    outline-offset: 0;
  }
  /* The model decides: there is no value to point at. */
  .range[data-auto]::-webkit-slider-thumb {
    border-color: var(--cp-color-border-strong);
  }
  .range[data-auto]::-moz-range-thumb {
    border-color: var(--cp-color-border-strong);
  }
`;
