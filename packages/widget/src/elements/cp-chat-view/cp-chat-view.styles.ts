import { css } from 'lit';

export const styles = css`
  :host {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
    container-type: inline-size;
  }
  .bar {
    display: flex;
    align-items: center;
    flex: none;
    gap: var(--cp-space-1);
    min-block-size: 3.5rem;
    padding-inline: var(--cp-space-3);
  }
  .spring {
    flex: 1;
    min-inline-size: 0;
  }
  .banner {
    display: flex;
    align-items: center;
    gap: var(--cp-space-2);
    flex: none;
    padding: 0.5rem var(--cp-space-4);
    background: var(--cp-color-warning-soft);
    color: var(--cp-color-warning);
    font-size: 0.875rem;
  }
  .banner .icon {
    font-size: 1.125rem;
  }
  .stage {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
  }
  cp-conversation {
    flex: 1;
    min-block-size: 0;
  }
  .column {
    inline-size: 100%;
    max-inline-size: 48rem;
    margin-inline: auto;
    padding-inline: var(--cp-space-4);
  }
  .foot {
    flex: none;
  }
  .fine-print {
    margin: 0;
    padding: var(--cp-space-2) 0 0.625rem;
    color: var(--cp-color-text-muted);
    font-size: 0.75rem;
    text-align: center;
  }

  /* An empty chat: everything in the middle, the message box at its heart. */
  .stage[data-empty] {
    overflow: auto;
  }
  .stage[data-empty]::before,
  .stage[data-empty]::after {
    content: '';
    flex: 1 0 var(--cp-space-4);
  }
  .stage[data-empty]::after {
    flex-grow: 1.4;
  }
  .empty {
    display: block;
  }
  .stage[data-empty] .empty {
    padding-block-end: var(--cp-space-5);
  }
  cp-starters {
    padding-block: var(--cp-space-3);
  }

  .skeletons {
    display: flex;
    flex: 1;
    flex-direction: column;
    gap: var(--cp-space-3);
    padding-block: var(--cp-space-5);
    overflow: hidden;
  }
  .skeletons div {
    block-size: 0.875rem;
  }
  .skeletons .asked {
    align-self: flex-end;
    inline-size: 42%;
    block-size: 2.5rem;
    border-radius: var(--cp-radius-l);
  }
  .skeletons .short {
    inline-size: 64%;
    margin-block-end: var(--cp-space-4);
  }
  .problem {
    display: flex;
    flex: 1;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: var(--cp-space-4);
    padding: var(--cp-space-5);
    text-align: center;
  }
  .problem > .icon {
    color: var(--cp-color-text-muted);
    font-size: 2rem;
  }
  .problem p {
    margin: 0;
    max-inline-size: 26rem;
    text-wrap: balance;
  }
  .failure {
    display: flex;
    align-items: flex-start;
    gap: var(--cp-space-2);
    margin-block-end: var(--cp-space-2);
    padding: 0.625rem 0.875rem;
    border-radius: var(--cp-radius-m);
    background: var(--cp-color-danger-soft);
    color: var(--cp-color-danger);
    font-size: 0.875rem;
  }
  .failure .icon {
    margin-block-start: 0.125rem;
    font-size: 1.125rem;
  }
  @container (max-width: 32rem) {
    .bar {
      padding-inline: var(--cp-space-2);
    }
    .column {
      padding-inline: var(--cp-space-3);
    }
    .fine-print {
      padding-block: 0.375rem 0.5rem;
    }
  }
`;
