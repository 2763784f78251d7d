/** Words of Mermaid's language, which are drawn as lines and shapes or not at all. */
const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'graph flowchart subgraph end direction TD TB BT LR RL stateDiagram v2 state choice fork join ' +
    'sequenceDiagram participant actor as activate deactivate autonumber note Note right left of over ' +
    'loop alt else opt par and critical option break ' +
    'classDiagram class erDiagram xychart beta x y axis bar line title horizontal vertical'
  ).split(' '),
);
/** Arrows, with letters that are their ends: `--x`, `}o--o{`, `-)`. */
const ARROW = /[ox|}{<]*[-=.~]{2,}[->|{}ox)]*/g;
const TAG = /<\/?[a-z]+\s*\/?>/g;
const SUBGRAPH_ID = /^([ \t]*subgraph[ \t]+)[\w-]+(?=[ \t]*\[)/gm;
const WORD = /[\p{L}\p{M}\p{N}_]+/gu;

/**
 * Words of a diagram's text that its drawing does not show. A renderer that meets what it does not
 * know leaves it out without a word; a diagram that lacks something is worse than its code.
 */
export function missingWords(text: string, drawing: Element): string[] {
  const shown = new Set(wordsOf(visibleText(drawing)));
  const written = text.replace(SUBGRAPH_ID, '$1').replace(ARROW, ' ').replace(TAG, ' ');
  return wordsOf(written).filter((word) => !KEYWORDS.has(word) && !shown.has(word));
}

/** Text, and the names of what is drawn: not every name is shown when there is a label. */
function visibleText(drawing: Element): string {
  const pieces: string[] = [];
  for (const element of drawing.querySelectorAll('*')) {
    if (element.localName === 'text') pieces.push(spaced(element));
    for (const { name, value } of element.attributes) {
      if (name.startsWith('data-')) pieces.push(value);
    }
  }
  return pieces.join(' ');
}

function spaced(text: Element): string {
  return text.childElementCount === 0
    ? (text.textContent ?? '')
    : `${text.textContent ?? ''} ${[...text.children].map((line) => line.textContent).join(' ')}`;
}

function wordsOf(text: string): string[] {
  return text.match(WORD) ?? [];
}
