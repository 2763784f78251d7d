import { parseMermaid, renderMermaidSVG } from 'beautiful-mermaid';
import { sanitiseDiagram } from './diagram-sanitiser.js';
import { readDiagramSource, type DiagramSource } from './diagram-source.js';
import { missingWords } from './diagram-words.js';

export interface DrawnDiagram {
  svg: SVGSVGElement;
  /** What the author calls it; empty when nothing is said. */
  title: string;
}

/** Arrows and boxes of a flowchart: more of them take the layout longer than a reader waits. */
const MAX_PARTS = 120;
const LAID_OUT_LIKE_A_FLOWCHART = /^(?:graph|flowchart|stateDiagram)/;

/**
 * Draws a diagram in Mermaid's language: flowcharts, state, sequence, class and entity diagrams, and
 * charts of bars and lines.
 *
 * @returns null for what is not drawn, not understood in full, or too large
 */
export function drawDiagram(source: string): DrawnDiagram | null {
  const diagram = readDiagramSource(source);
  if (diagram === null) return null;
  const markup = render(diagram);
  if (markup === null || markup.includes('NaN')) return null;
  const svg = sanitiseDiagram(markup);
  if (svg === null || svg.querySelector('text') === null) return null;
  if (missingWords(diagram.text, svg).length > 0) return null;
  dropNames(svg);
  return { svg, title: diagram.title };
}

function render({ text }: DiagramSource): string | null {
  try {
    if (LAID_OUT_LIKE_A_FLOWCHART.test(text)) {
      const { nodes, edges } = parseMermaid(text);
      if (nodes.size + edges.length > MAX_PARTS) return null;
    }
    return renderMermaidSVG(text, { transparent: true });
  } catch {
    // The renderer throws at what is no diagram: it is code, then, and shown as such.
    return null;
  }
}

function dropNames(svg: SVGSVGElement): void {
  for (const element of [svg, ...svg.querySelectorAll('*')]) {
    for (const { name } of [...element.attributes]) {
      if (name.startsWith('data-')) element.removeAttribute(name);
    }
  }
}
