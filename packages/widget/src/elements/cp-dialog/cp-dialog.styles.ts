import { css } from 'lit';

export const styles = css`
  dialog.surface {
    inline-size: min(32rem, calc(100vw - 2rem));
    max-block-size: min(44rem, calc(100dvh - 2rem));
    margin: auto;
    border-radius: var(--cp-radius-l);
    overflow: hidden;
  }
  dialog::backdrop {
    background: var(--cp-color-scrim);
  }
  .body {
    display: flex;
    flex-direction: column;
    max-block-size: inherit;
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--cp-space-4);
    padding: var(--cp-space-4) var(--cp-space-4) var(--cp-space-2) var(--cp-space-5);
  }
  h2 {
    margin: 0;
    font-size: var(--cp-font-size-l);
    font-weight: 600;
    line-height: 1.3;
  }
  .content {
    padding: 0 var(--cp-space-5) var(--cp-space-5);
    overflow: auto;
  }
`;
