interface Piece {
  raw: string;
  /** Drawn with marks closed that its text leaves open: not what the same text gives in the end. */
  isProvisional?: boolean;
  /** Where it starts in the lexed text. */
  start: number;
}

/** A piece of a list or table that is drawn, and kept, by itself: an item or a row. */
export interface Part extends Piece {
  /** The list or table with this part alone, not yet sanitised. */
  html(): string;
}

export interface LeafBlock extends Piece {
  kind: 'leaf';
  /** The lexer's name of it: paragraph, heading, fence, ... */
  type: string;
  /** Not yet sanitised. */
  html(): string;
}

export interface ListBlock {
  kind: 'list';
  raw: string;
  start: number;
  ordered: boolean;
  /** Number of the first item, when ordered. */
  first: number;
  /** Whether items are set apart as paragraphs; one blank line makes the whole list so. */
  loose: boolean;
  parts: Part[];
}

export interface TableBlock {
  kind: 'table';
  raw: string;
  start: number;
  /** Source of the header and delimiter lines. */
  header: string;
  headerHtml(): string;
  parts: Part[];
}

/** One top-level block of a document. */
export type Block = LeafBlock | ListBlock | TableBlock;
