/** A diagram in Mermaid's language that can be drawn, as far as its text tells. */
export interface DiagramSource {
  /** The text without what concerns colours, links and settings. */
  text: string;
  /** What the author calls it; empty when nothing is said. */
  title: string;
}

/** Kinds that are drawn; any other (gantt, pie, mindmap, git graph, ...) is shown as code. */
const KIND =
  /^(?:graph|flowchart|stateDiagram(?:-v2)?|sequenceDiagram|classDiagram|erDiagram|xychart(?:-beta)?)\b/;
const IS_FLOWCHART = /^(?:graph|flowchart)\b/;

/** Arrows that end in a cross or a circle: the renderer leaves them out without a word. */
const UNKNOWN_ARROW = /(?:--|==|-\.-)[xo](?=[\s|])|\s[xo](?:--|==|-\.)/;

/** Laying out takes time with more than the size of a diagram, and cannot be interrupted. */
const MAX_LENGTH = 4_000;
const MAX_LINES = 100;
/** `A & B --> C & D` are four arrows: a line of these alone would be hundreds. */
const MAX_JOINTS = 20;
const MAX_GROUPS = 15;

const FRONT_MATTER = /^\s*---\n([\s\S]*?)\n---[ \t]*\n/;
const TITLE = /^[ \t]*(?:title|accTitle)[ \t]*:?[ \t]*(.+)$/m;
const SETTINGS = /%%\{[\s\S]*?\}%%|%%.*$/gm;
/** Words for people who do not see the diagram. */
const DESCRIPTION = /^[ \t]*acc(?:Title|Descr)[ \t]*(?::.*|\{[^}]*\})$/gm;
/** Colours are the reader's theme's, or a text may end up unreadable; links are none of a drawing. */
const LOOKS = /^[ \t]*(?:style|classDef|cssClass|linkStyle|click|link|links|callback|href)\b.*$/gm;
const CLASS_OF_NODES = /^[ \t]*class[ \t].*$/gm;
const CLASS_MARK = /:::[\w-]+/g;

/** Reads a diagram's text; null when it is of a kind, or a size, that is not drawn. */
export function readDiagramSource(source: string): DiagramSource | null {
  if (source.length > MAX_LENGTH) return null;
  const settings = FRONT_MATTER.exec(source)?.[1] ?? '';
  const body = source.replace(FRONT_MATTER, '').replace(SETTINGS, '');
  const title = (TITLE.exec(settings) ?? TITLE.exec(body))?.[1] ?? '';
  const bare = body.replace(DESCRIPTION, '').replace(LOOKS, '').replace(CLASS_MARK, '').trim();
  if (!KIND.test(bare)) return null;
  const isFlowchart = IS_FLOWCHART.test(bare);
  if (isFlowchart && UNKNOWN_ARROW.test(bare)) return null;
  const text = isFlowchart ? asLines(bare.replace(CLASS_OF_NODES, '')) : bare;
  if (count(text, /\n/g) >= MAX_LINES || count(text, /&/g) > MAX_JOINTS) return null;
  if (count(text, /\b(?:subgraph|namespace|state)\b/g) > MAX_GROUPS) return null;
  return { text, title: title.replace(/^["']|["']$/g, '').trim() };
}

/** A flowchart may have semicolons where others have line ends. */
function asLines(text: string): string {
  return text.replace(/;[ \t]*(?=\n|$)/g, '').replace(/^([^\n;"[({|]*);/, '$1\n');
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
