import { css } from 'lit';

export const styles = css`
  :host {
    position: relative;
    display: flex;
    block-size: 100%;
    min-block-size: 0;
    overflow: hidden;
    background: var(--cp-color-bg);
  }
  .centre {
    position: relative;
    display: flex;
    flex: 1;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 0;
  }
  .side {
    display: flex;
    flex: none;
    flex-direction: column;
    min-block-size: 0;
    background: var(--cp-color-surface);
  }
  .side.closed {
    display: none;
  }
  .history {
    inline-size: 17rem;
    border-inline-end: 1px solid var(--cp-color-border);
  }
  .parameters {
    inline-size: 19rem;
    border-inline-start: 1px solid var(--cp-color-border);
  }
  .bar {
    display: flex;
    align-items: center;
    gap: var(--cp-space-2);
    flex: none;
    min-block-size: 3.5rem;
    padding-inline: var(--cp-space-4) var(--cp-space-3);
  }
  .mark {
    color: var(--cp-color-accent);
    font-size: 1.375rem;
  }
  h2 {
    flex: 1;
    margin: 0;
    overflow: hidden;
    font-size: 0.9375rem;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .rest {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
  }

  /* As drawers they lie over the conversation. */
  .side.drawer {
    position: absolute;
    inset-block: 0;
    z-index: 20;
    max-inline-size: calc(100% - 2.5rem);
    border: 0;
    box-shadow: var(--cp-shadow-2);
  }
  .history.drawer {
    inset-inline-start: 0;
    inline-size: 19rem;
  }
  .parameters.drawer {
    inset-inline-end: 0;
    inline-size: 21rem;
  }
  .scrim {
    position: absolute;
    inset: 0;
    z-index: 10;
    background: var(--cp-color-scrim);
  }
  @keyframes cp-slide-in {
    from {
      transform: translateX(var(--_from));
    }
  }
  @keyframes cp-fade-in {
    from {
      opacity: 0;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .side.drawer {
      animation: cp-slide-in 200ms cubic-bezier(0.2, 0.8, 0.2, 1);
    }
    .history.drawer,
    .parameters.drawer:dir(rtl) {
      --_from: -100%;
    }
    .parameters.drawer,
    .history.drawer:dir(rtl) {
      --_from: 100%;
    }
    .scrim {
      animation: cp-fade-in 200ms ease-out;
    }
  }
`;
