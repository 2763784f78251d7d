import { css, html, type TemplateResult } from 'lit';
import { splitMatches } from './split-matches.js';

/** For elements that show {@link markedText}. */
export const marks = css`
  mark {
    border-radius: 0.1875rem;
    background: var(--cp-color-accent-soft);
    color: var(--cp-color-text);
    font-weight: 500;
  }
`;

/** A text with its matches in `<mark>`; whatever else it holds stays text. */
export function markedText(
  text: string,
  ranges: readonly (readonly number[])[],
): (string | TemplateResult)[] {
  return splitMatches(text, ranges).map((piece) =>
    piece.isMatch ? html`<mark>${piece.text}</mark>` : piece.text,
  );
}
