/** What fences call a diagram's language. */
const LABELS: ReadonlySet<string> = new Set(['mermaid', 'mmd']);

/** Whether a code block is the text of a diagram. */
export function isDiagramLanguage(label: string): boolean {
  return LABELS.has(label.toLowerCase());
}
