import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
  }
  .row {
    position: relative;
    display: flex;
    align-items: center;
    border-radius: var(--cp-radius-m);
  }
  .row:hover,
  .row:focus-within {
    background: var(--cp-color-surface-hover);
  }
  .row[data-current] {
    background: var(--cp-color-surface-hover);
  }
  .open {
    flex: 1;
    min-inline-size: 0;
    padding: 0.4375rem 0.625rem;
    border-radius: inherit;
    font-size: 0.875rem;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .open:focus-visible {
    outline-offset: -2px;
  }
  .row[data-current] .open {
    font-weight: 500;
  }
  .untitled {
    color: var(--cp-color-text-muted);
  }
  cp-menu {
    flex: none;
    margin-inline-end: 0.1875rem;
    border-radius: var(--cp-radius-s);
    color: var(--cp-color-text-muted);
  }
  cp-menu:hover {
    color: var(--cp-color-text);
  }
  .dots {
    display: grid;
    place-items: center;
    inline-size: 1.75rem;
    block-size: 1.75rem;
    font-size: 1.125rem;
  }
  /* Out of the way until wanted, but always reachable by keyboard and on touch screens. */
  @media (hover: hover) {
    .row:not(:hover, :focus-within, [data-current]) cp-menu {
      position: absolute;
      inset-inline-end: 0;
      opacity: 0;
    }
  }
  @media (pointer: coarse) {
    .open {
      padding-block: 0.6875rem;
    }
    .dots {
      inline-size: 2.5rem;
      block-size: 2.5rem;
    }
  }
  input {
    margin: 0.125rem;
    padding: 0.25rem 0.5rem;
    border-radius: var(--cp-radius-s);
    font-size: 0.875rem;
  }
`;
