import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    color: var(--cp-color-text, #1b1c21);
    font-family: var(--cp-font-sans, system-ui, sans-serif);
    font-size: 1em;
    line-height: 1.65;
    overflow-wrap: anywhere;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :where(.group > *) {
    margin-block: 0 1em;
  }
  /* Boxes of blocks keep their margins to themselves, so that containment changes nothing. */
  .group {
    display: flow-root;
  }
  /* What a growing text has pushed off the screen costs nothing; it has its size from before. */
  .grown > .group:not(:last-child) {
    content-visibility: auto;
    contain-intrinsic-size: auto 40em;
    overflow-clip-margin: 4px;
  }
  .group:last-child > :last-child {
    margin-block-end: 0;
  }
  .group > [hidden] {
    display: none;
  }
  p {
    margin-block: 0 0.9em;
  }
  :is(li, blockquote, .footnote, details, td, th) > :last-child {
    margin-block-end: 0;
  }
  :is(h1, h2, h3, h4, h5, h6) {
    margin-block: 1.6em 0.6em;
    font-weight: 650;
    line-height: 1.3;
    letter-spacing: -0.011em;
    text-wrap: balance;
  }
  .group > :is(h1, h2, h3, h4, h5, h6):first-child {
    margin-block-start: 0.6em;
  }
  .group:first-child > :is(h1, h2, h3, h4, h5, h6):first-child {
    margin-block-start: 0;
  }
  .group > :is(h1, h2, h3, h4, h5, h6) + :is(h1, h2, h3, h4, h5, h6) {
    margin-block-start: 0.8em;
  }
  h1 {
    font-size: 1.5em;
  }
  h2 {
    font-size: 1.27em;
  }
  h3 {
    font-size: 1.12em;
  }
  :is(h4, h5, h6) {
    font-size: 1em;
  }
  strong {
    font-weight: 650;
  }
  a {
    color: var(--cp-color-accent, #4f46c8);
    text-decoration: underline;
    text-decoration-color: color-mix(in srgb, currentcolor 35%, transparent);
    text-decoration-thickness: 1px;
    text-underline-offset: 0.2em;
    border-radius: 2px;
  }
  a:hover {
    text-decoration-color: currentcolor;
  }
  :is(a, button, pre, .table, summary):focus-visible {
    outline: 2px solid var(--cp-color-focus-ring, #5b52d6);
    outline-offset: 2px;
  }
  :is(ul, ol) {
    margin-block: 0 1em;
    padding-inline-start: 1.6em;
  }
  :is(li > ul, li > ol) {
    margin-block: 0.3em 0;
  }
  li {
    margin-block: 0.3em;
    padding-inline-start: 0.2em;
  }
  li > p {
    margin-block: 0.55em;
  }
  li::marker {
    color: var(--cp-color-text-muted, #5f626d);
    font-variant-numeric: tabular-nums;
  }
  li:has(> input:first-child, > p:first-child > input:first-child) {
    list-style: none;
  }
  /* The box hangs where other items have their mark: what is under a task is indented like any. */
  li input {
    inline-size: 1em;
    block-size: 1em;
    margin-block: 0;
    margin-inline: -1.4em 0.15em;
    vertical-align: -0.12em;
    accent-color: var(--cp-color-accent, #4f46c8);
  }
  blockquote {
    margin-inline: 0;
    padding-inline-start: 1em;
    border-inline-start: 3px solid var(--cp-color-border, #e4e4e9);
    color: var(--cp-color-text-muted, #5f626d);
  }
  hr {
    block-size: 1px;
    margin-block: 2em;
    border: 0;
    background: var(--cp-color-border, #e4e4e9);
  }
  :not(pre) > code,
  :is(kbd, samp) {
    padding: 0.12em 0.36em;
    border-radius: 0.35em;
    background: var(--cp-color-code-bg, #f6f6f8);
    box-shadow: inset 0 0 0 1px var(--cp-color-border, #e4e4e9);
    font-family: var(--cp-font-mono, ui-monospace, monospace);
    font-size: 0.875em;
    overflow-wrap: anywhere;
  }
  a code {
    color: inherit;
  }
  mark {
    border-radius: 2px;
    background: color-mix(in srgb, var(--cp-color-warning, #855400) 25%, transparent);
    color: inherit;
  }
  pre {
    margin: 0;
    padding: 0.875rem 1rem 1rem;
    overflow-x: auto;
    direction: ltr;
    font-family: var(--cp-font-mono, ui-monospace, monospace);
    font-size: 0.8438rem;
    line-height: 1.6;
    tab-size: 4;
    overflow-wrap: normal;
    white-space: pre;
    text-align: start;
    unicode-bidi: isolate;
    scrollbar-width: thin;
  }
  pre:focus-visible {
    outline-offset: -2px;
    border-radius: var(--cp-radius-m, 0.625rem);
  }
  pre code {
    font: inherit;
  }
  cp-code-block[wrap] pre {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .code-chunk {
    display: block;
  }
  .table {
    overflow-x: auto;
    border: 1px solid var(--cp-color-border, #e4e4e9);
    border-radius: var(--cp-radius-m, 0.625rem);
    scrollbar-width: thin;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: 0.9375em;
    line-height: 1.5;
    font-variant-numeric: tabular-nums;
  }
  :is(th, td) {
    min-inline-size: 4rem;
    padding: 0.5rem 0.875rem;
    text-align: start;
    vertical-align: top;
    overflow-wrap: break-word;
  }
  :is(th, td)[align='center'] {
    text-align: center;
  }
  :is(th, td)[align='right'] {
    text-align: end;
  }
  th {
    background: var(--cp-color-surface, #f7f7f8);
    font-weight: 600;
    white-space: nowrap;
  }
  tbody tr {
    border-block-start: 1px solid var(--cp-color-border, #e4e4e9);
  }
  img {
    max-inline-size: 100%;
    block-size: auto;
    border-radius: var(--cp-radius-m, 0.625rem);
    vertical-align: middle;
  }
  .remote-image button {
    display: inline-flex;
    align-items: center;
    max-inline-size: 100%;
    padding: 0.35em 0.8em;
    border: 1px dashed var(--cp-color-border-strong, #8b8e99);
    border-radius: var(--cp-radius-m, 0.625rem);
    background: var(--cp-color-surface, #f7f7f8);
    color: var(--cp-color-text-muted, #5f626d);
    font: inherit;
    font-size: 0.875em;
    cursor: pointer;
  }
  .remote-image button:hover {
    border-style: solid;
    color: var(--cp-color-text, #1b1c21);
  }
  details {
    padding: 0.6em 0.9em;
    border: 1px solid var(--cp-color-border, #e4e4e9);
    border-radius: var(--cp-radius-m, 0.625rem);
  }
  summary {
    cursor: pointer;
    font-weight: 550;
  }
  details[open] > summary {
    margin-block-end: 0.5em;
  }
  .math:not([data-source]) {
    font-family: var(--cp-font-mono, ui-monospace, monospace);
    font-size: 0.9em;
  }
  div.math {
    overflow-x: auto;
    padding-block: 0.25em;
    text-align: center;
  }
  math {
    /* Roots and brackets that grow need a font made for it; each system has one of these. */
    font-family:
      math, 'Cambria Math', 'STIX Two Math', 'Latin Modern Math', 'Noto Sans Math', 'DejaVu Sans',
      serif;
    font-size: 1.1em;
  }
  .footnote {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0 0.5em;
    color: var(--cp-color-text-muted, #5f626d);
    font-size: 0.875em;
  }
  .footnote > sup {
    grid-row: 1 / span 20;
    line-height: 1.8;
  }
  .footnote > :not(sup) {
    grid-column: 2;
  }
  sup,
  sub {
    font-size: 0.75em;
    line-height: 0;
  }
  .footnote-ref button {
    margin: 0;
    padding: 0.4em 0.25em;
    border: 0;
    border-radius: 2px;
    background: none;
    color: var(--cp-color-accent, #4f46c8);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  .footnote:focus {
    outline: none;
  }
  .footnote:focus > :not(sup) {
    color: var(--cp-color-text, #1b1c21);
  }
`;
