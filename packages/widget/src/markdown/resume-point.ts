import type { Block } from './block.js';

/** Where lexing goes on when more text comes: everything before is final. */
export interface ResumePoint {
  /** Offset into the document. */
  offset: number;
  /** Where the block begins that the text belongs to, and which it is. */
  blockStart: number;
  block: number;
  /** Parts of that block that are final: list items or table rows. */
  part: number;
  /** Source to put in front of the text, so that it is read in the block's context. */
  prefix: string;
  /** Parts the prefix itself makes, to be left out. */
  prefixParts: number;
}

export const DOCUMENT_START: ResumePoint = {
  offset: 0,
  blockStart: 0,
  block: 0,
  part: 0,
  prefix: '',
  prefixParts: 0,
};

/**
 * How far a document is final. A block is, once the next has begun for certain: its first line must
 * be whole, and a table's second too, for until then what follows may still join the block before
 * it (`---` under a paragraph, `-` before a space, a delimiter row). The same holds for items and
 * rows within the block that is still open.
 *
 * @param from where the lexed text began
 * @param source what was lexed, with the prefix
 * @param blocks what it was lexed into, without the prefix's parts
 */
export function nextResumePoint(
  from: ResumePoint,
  source: string,
  blocks: readonly Block[],
): ResumePoint {
  let index = blocks.length - 1;
  while (index > 0 && !hasBegun(blocks[index], source)) index -= 1;
  const open = blocks[index];
  if (open === undefined) return from;
  const offset = from.offset + open.start - from.prefix.length;
  const goesOn = index === 0 && from.part > 0;
  const base = goesOn ? from : startOfBlock(offset, from.block + index);
  return withinBlock(base, from, source, open);
}

/** Lexing anew from a block's first character. */
export function startOfBlock(offset: number, block: number): ResumePoint {
  return { ...DOCUMENT_START, offset, blockStart: offset, block };
}

function hasBegun(block: Block | undefined, source: string): boolean {
  if (block === undefined) return false;
  const firstLineEnd = source.indexOf('\n', block.start);
  if (block.kind !== 'table') return firstLineEnd !== -1;
  return firstLineEnd !== -1 && source.includes('\n', firstLineEnd + 1);
}

function withinBlock(
  base: ResumePoint,
  from: ResumePoint,
  source: string,
  open: Block,
): ResumePoint {
  if (open.kind === 'leaf') return base;
  let index = open.parts.length - 1;
  while (index > 0 && !source.includes('\n', open.parts[index]?.start)) index -= 1;
  const part = open.parts[index];
  if (part === undefined || index <= 0) return base;
  return {
    offset: from.offset + part.start - from.prefix.length,
    blockStart: base.blockStart,
    block: base.block,
    part: base.part + index,
    ...contextOf(open, source),
  };
}

/** What must stand before an item or row for it to be read as one of this list or table. */
function contextOf(
  open: Exclude<Block, { kind: 'leaf' }>,
  source: string,
): Pick<ResumePoint, 'prefix' | 'prefixParts'> {
  if (open.kind === 'table') return { prefix: open.header, prefixParts: 0 };
  if (!open.loose) return { prefix: '', prefixParts: 0 };
  // A first item and a blank line make the list loose, as the items left out have made it.
  const marker = /^ {0,3}(?:[-+*]|\d{1,9}[.)])/.exec(source.slice(open.start))?.[0] ?? '-';
  return { prefix: `${marker} a\n\n`, prefixParts: 1 };
}
