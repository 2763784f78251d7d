import { css } from 'lit';

/**
 * The names on the left are the drawing's, those on the right the theme's: a drawing has no colours
 * of its own and follows the reader's light or dark.
 */
export const styles = css`
  :host {
    --bg: var(--cp-color-bg, #fff);
    --fg: var(--cp-color-text, #1b1c21);
    --_text: var(--cp-color-text, #1b1c21);
    --_text-sec: var(--cp-color-text, #1b1c21);
    --_text-muted: var(--cp-color-text-muted, #5f626d);
    --_text-faint: var(--cp-color-text-muted, #5f626d);
    --_line: var(--cp-color-border-strong, #8b8e99);
    --_arrow: var(--cp-color-border-strong, #8b8e99);
    --_node-fill: var(--cp-color-accent-soft, #eeedfb);
    --_node-stroke: var(--cp-color-accent, #4f46c8);
    --_group-fill: var(--cp-color-bg, #fff);
    --_group-hdr: var(--cp-color-surface, #f7f7f8);
    --_inner-stroke: var(--cp-color-border, #e4e4e9);
    --_key-badge: var(--cp-color-surface-hover, #ececf0);
    display: block;
  }
  .scroller {
    overflow-x: auto;
    padding: 0.75rem;
    background: var(--cp-color-bg, #fff);
    scrollbar-width: thin;
  }
  .scroller:focus-visible {
    outline: 2px solid var(--cp-color-focus-ring, #5b52d6);
    outline-offset: -2px;
    border-radius: var(--cp-radius-m, 0.625rem);
  }
  svg {
    display: block;
    block-size: auto;
    /* As large as it is, or smaller where there is no room; below that it can be scrolled. */
    max-inline-size: max(100%, calc(var(--cp-diagram-width) * 0.8));
    margin-inline: auto;
    direction: ltr;
  }
  text {
    font-family: var(--cp-font-sans, system-ui, sans-serif);
  }
  /* A person's name stands where their lifeline and the first message begin: nearer to the figure,
     and with a rim that keeps the line off the letters. */
  .actor > g + text {
    translate: 0 -7px;
    paint-order: stroke;
    stroke: var(--bg);
    stroke-width: 8px;
    stroke-linejoin: round;
  }
  .mono {
    font-family: var(--cp-font-mono, ui-monospace, monospace);
  }
  .xychart-grid {
    fill: var(--_inner-stroke);
    stroke: none;
  }
  .xychart-bar {
    fill: color-mix(in srgb, var(--series) 30%, var(--bg));
    stroke: var(--series);
    stroke-width: 1.5;
  }
  .xychart-line {
    fill: none;
    stroke: var(--series);
    stroke-width: 2.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .xychart-line-shadow {
    display: none;
  }
  line[class*='xychart-color'] {
    stroke: var(--series);
    stroke-width: 2.5;
  }
  circle[class*='xychart-color'] {
    fill: var(--series);
    stroke: var(--bg);
    stroke-width: 2;
  }
  .xychart-label {
    fill: var(--_text-muted);
  }
  :is(.xychart-axis-title, .xychart-title) {
    fill: var(--_text);
  }
  [class*='xychart-color'] {
    --series: var(--cp-color-accent, #4f46c8);
  }
  [class*='xychart-color-1'] {
    --series: var(--cp-color-success, #17703f);
  }
  [class*='xychart-color-2'] {
    --series: var(--cp-color-warning, #855400);
  }
  [class*='xychart-color-3'] {
    --series: var(--cp-color-danger, #b3261e);
  }
`;
