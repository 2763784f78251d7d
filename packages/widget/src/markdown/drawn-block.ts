import type { Block, Part } from './block.js';

/** A piece of the document on screen, and what it was drawn from. */
export interface Drawn {
  raw: string;
  /** Labels it may refer to, and what they stood for when it was drawn. */
  labels: readonly string[];
  signature: string;
  node: Element;
}

export interface DrawnLeaf extends Drawn {
  kind: 'leaf';
  type: string;
}

/** A list or table: `node` is its root, `body` holds the parts' nodes. */
export interface DrawnContainer extends Drawn {
  kind: 'list' | 'table';
  /** What makes it the same container although its parts change. */
  shape: string;
  /** What makes every part different: a list's looseness. */
  style: string;
  body: Element;
  parts: Drawn[];
}

export type DrawnBlock = DrawnLeaf | DrawnContainer;
export type ContainerBlock = Exclude<Block, { kind: 'leaf' }>;

/** NUL never survives in markdown, so no finished piece has such a key. */
const PROVISIONAL = '\u0000';

/** Line ends after a block are between blocks; only code keeps its own. */
export function keyOf(block: Block | Part): string {
  const isCode = 'type' in block && (block.type === 'fence' || block.type === 'indented-code');
  const isProvisional = 'isProvisional' in block && block.isProvisional === true;
  if (isProvisional) return PROVISIONAL + block.raw.trimEnd();
  return isCode ? block.raw : block.raw.trimEnd();
}

export function shapeOf(block: ContainerBlock): string {
  if (block.kind === 'table') return `table ${block.header}`;
  return block.ordered ? `ordered ${block.first}` : 'bullets';
}

export function styleOf(block: ContainerBlock): string {
  return block.kind === 'list' && block.loose ? 'loose' : '';
}
