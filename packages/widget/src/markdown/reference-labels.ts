import type { Definitions } from './lexer.js';

const LABEL = /\[((?:\\.|[^[\]\\])+)\]/g;
const NONE: readonly string[] = [];

/** Labels a piece of markdown may refer to, as the lexer normalises them. */
export function referenceLabels(raw: string): readonly string[] {
  if (!raw.includes('[')) return NONE;
  return Array.from(raw.matchAll(LABEL), ([, label = '']) =>
    label.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase().toLowerCase(),
  );
}

/** What those labels stand for now: when this changes, what refers to them must be drawn again. */
export function definitionsOf(labels: readonly string[], definitions: Definitions): string {
  let signature = '';
  for (const label of labels) {
    const definition = definitions[label];
    if (definition !== undefined) {
      signature += `${label}\u0000${definition.href}\u0000${definition.title ?? ''}\u0000`;
    }
  }
  return signature;
}
