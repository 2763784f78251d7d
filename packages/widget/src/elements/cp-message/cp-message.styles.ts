import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
  }
  article {
    min-inline-size: 0;
  }
  .bubble {
    align-self: flex-end;
    max-inline-size: min(85%, 36rem);
    padding: 0.625rem 1rem;
    border-radius: 1.125rem 1.125rem 0.375rem;
    background: var(--cp-color-accent-soft, #eeedfb);
    font-size: 1rem;
    line-height: 1.55;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .bubble:dir(rtl) {
    border-radius: 1.125rem 1.125rem 1.125rem 0.375rem;
  }
  .folded {
    max-block-size: 12lh;
    overflow: hidden;
    mask-image: linear-gradient(#000 70%, transparent);
  }
  .unfold {
    align-self: flex-end;
    margin-block-start: 0.25rem;
    padding: 0.25rem 0.5rem;
    font-size: var(--cp-font-size-s, 0.8125rem);
  }
  cp-markdown {
    font-size: 1rem;
  }
  .reasoning {
    margin-block-end: 0.75rem;
    color: var(--cp-color-text-muted, #5f626d);
    font-size: var(--cp-font-size-m, 0.9375rem);
  }
  .reasoning summary {
    display: inline-flex;
    align-items: center;
    gap: 0.375rem;
    padding: 0.25rem 0.625rem 0.25rem 0.375rem;
    margin-inline-start: -0.375rem;
    border-radius: var(--cp-radius-s, 0.375rem);
    font-weight: 500;
    list-style: none;
    cursor: pointer;
  }
  .reasoning summary::-webkit-details-marker {
    display: none;
  }
  .reasoning summary:hover {
    background: var(--cp-color-surface-hover, #ececf0);
  }
  .reasoning summary .icon {
    transition: rotate var(--cp-duration, 160ms);
  }
  .reasoning[open] summary .icon {
    rotate: 90deg;
  }
  .reasoning cp-markdown {
    margin-block: 0.5rem 1rem;
    padding-inline-start: 1rem;
    border-inline-start: 2px solid var(--cp-color-border, #e4e4e9);
    color: inherit;
    font-size: inherit;
    --cp-color-text: var(--cp-color-text-muted);
  }
  .deleted {
    margin: 0;
    color: var(--cp-color-text-muted, #5f626d);
    font-size: var(--cp-font-size-m, 0.9375rem);
    font-style: italic;
  }
  .reasons {
    display: inline-flex;
    align-items: center;
    gap: 0.375rem;
    max-inline-size: 100%;
    min-block-size: 1.75rem;
    padding-inline: 0.5rem;
    border-radius: var(--cp-radius-s, 0.375rem);
    color: var(--cp-color-text-muted, #5f626d);
    font-size: var(--cp-font-size-s, 0.8125rem);
  }
  .reasons:hover {
    background: var(--cp-color-surface-hover, #ececf0);
    color: var(--cp-color-text, #1b1c21);
  }
  .reasons span {
    overflow: hidden;
    max-inline-size: 20rem;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .typing {
    display: inline-flex;
    align-items: center;
    gap: 0.3125rem;
    min-block-size: 1.65rem;
  }
  .typing i {
    inline-size: 0.4375rem;
    block-size: 0.4375rem;
    border-radius: 50%;
    background: var(--cp-color-text-muted, #5f626d);
    opacity: 0.35;
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.5rem;
    margin-block-start: 0.25rem;
    margin-inline: -0.5rem;
    transition: opacity var(--cp-duration, 160ms);
  }
  /* Beside one's own message where there is room, below it where there is not. */
  .user {
    display: flex;
    flex-flow: row-reverse wrap;
    align-items: flex-end;
    gap: 0 0.25rem;
  }
  .user > cp-message-editor {
    flex: 1 1 100%;
  }
  .user > .unfold {
    order: 1;
    flex: 1 1 100%;
    text-align: end;
  }
  .user footer {
    margin: 0;
  }
  /* Quiet until wanted, but never hidden from keyboards, touch, or on the newest reply. */
  @media (hover: hover) {
    :host(:not([latest], :hover, :focus-within)) footer {
      opacity: 0;
    }
  }
  @keyframes cp-typing {
    0%,
    60%,
    100% {
      opacity: 0.35;
      transform: none;
    }
    30% {
      opacity: 1;
      transform: translateY(-0.1875rem);
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .typing i {
      animation: cp-typing 1.2s infinite;
    }
    .typing i:nth-child(2) {
      animation-delay: 0.15s;
    }
    .typing i:nth-child(3) {
      animation-delay: 0.3s;
    }
  }
`;
