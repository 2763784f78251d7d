import type { Block } from './block.js';
import { appendCode } from './code-text.js';
import { styleOf } from './drawn-block.js';
import type { MarkdownTexts } from './enrich.js';
import { renderLazily } from './lazy-renderers.js';
import { withoutUndecidedLine } from './held-back.js';
import { createDefinitions, lexBlocks, type Definitions } from './lexer.js';
import { OpenFence } from './open-fence.js';
import { Painter } from './painter.js';
import { DOCUMENT_START, nextResumePoint, startOfBlock, type ResumePoint } from './resume-point.js';

/** An unfinished block up to this long (in UTF-16 units) is read anew with every update. */
const FREE_TAIL_LENGTH = 3_000;
/**
 * A longer one is read anew when it has grown by this part; until then new text is shown as it
 * comes. All reading of a document of n characters then stays below (1 + 8) * n plus the free tail
 * of each update, however long its blocks are.
 */
const GROWTH = 1 / 8;

/**
 * A markdown document on screen that grows at its end. Finished blocks are never touched again;
 * only the unfinished tail is lexed, sanitised and patched. What stands at the end is what drawing
 * the whole text at once would give: {@link finish} sees to it.
 */
export class MarkdownView {
  /** Characters given to the lexer so far: the measure of the work done. */
  lexedLength = 0;
  readonly #painter: Painter;
  #text = '';
  /** More text is expected. */
  #isOpen = true;
  #resume: ResumePoint = DOCUMENT_START;
  /** Definitions in the text before the resume point. Those after it may still change. */
  #definitions: Definitions = createDefinitions();
  #fence: OpenFence | null = null;
  /** Length of the text when the tail was last lexed, and when the whole was. */
  #lexedAt = 0;
  #wholeAt = 0;

  /**
   * @param root the element to draw in; the view owns what is inside
   * @param texts words to put into the document
   */
  constructor(
    private readonly root: HTMLElement,
    texts: MarkdownTexts,
  ) {
    this.#painter = new Painter(root, texts);
  }

  /** Shows more of a document that is still being written. */
  update(source: string): void {
    this.#isOpen = true;
    const text = withoutOpenLineEnd(source);
    const isGrowth = text.startsWith(this.#text);
    const added = isGrowth ? text.slice(this.#text.length) : text;
    this.#text = text;
    if (!isGrowth) return this.#drawWhole();
    if (added === '') return;
    if (this.#fence !== null) {
      if (this.#fence.extend(this.#tail())) return;
      this.#fence = null;
      return this.#drawTail();
    }
    if (this.#isDue()) this.#drawTail();
    else this.#appendPlain(added);
  }

  /** Shows a whole document; what is already drawn right is left as it is. */
  finish(source: string): void {
    this.#isOpen = false;
    this.#text = withLineFeeds(source);
    this.#fence = null;
    this.#drawWhole();
    this.root.querySelectorAll('cp-code-block:not([closed])').forEach(markClosed);
    renderLazily(this.root);
  }

  #tail(): string {
    return this.#text.slice(this.#resume.offset);
  }

  #isDue(): boolean {
    const tailLength = this.#text.length - this.#resume.offset;
    const grown = this.#text.length - this.#lexedAt;
    return tailLength <= FREE_TAIL_LENGTH || grown >= tailLength * GROWTH;
  }

  #drawWhole(): void {
    this.#resume = DOCUMENT_START;
    this.#definitions = createDefinitions();
    this.#wholeAt = this.#text.length;
    this.#drawTail();
  }

  #drawTail(): void {
    const from = this.#resume;
    const tail = this.#tail();
    const source = from.prefix + (this.#isOpen ? withoutUndecidedLine(tail) : tail);
    const { blocks, definitions } = this.#lex(source);
    if (!this.#continues(from, blocks[0])) {
      this.#resume = startOfBlock(from.blockStart, from.block);
      return this.#drawTail();
    }
    this.#painter.paint(from.block, blocks, definitions, from.part);
    this.#resume = nextResumePoint(from, source, blocks);
    this.#keepDefinitions(from, definitions);
    this.#closeFinished(from.block);
    if (this.#needsWhole(definitions)) return this.#drawWhole();
    this.#watchFence(blocks);
  }

  #lex(source: string): { blocks: Block[]; definitions: Definitions } {
    this.lexedLength += source.length;
    this.#lexedAt = this.#text.length;
    const lexed = lexBlocks(source, this.#definitions, this.#isOpen);
    const [first] = lexed.blocks;
    const { prefix, prefixParts } = this.#resume;
    if (prefixParts > 0 && first?.kind === 'list') {
      first.parts.splice(0, prefixParts);
      first.start = prefix.length;
    }
    return lexed;
  }

  /** Whether what was lexed goes on with the list or table it was meant to. */
  #continues(from: ResumePoint, first: Block | undefined): boolean {
    if (from.part === 0) return true;
    const open = this.#painter.blocks[from.block];
    if (first === undefined || first.kind === 'leaf' || open?.kind !== first.kind) return false;
    return first.parts.length > 0 && open.style === styleOf(first);
  }

  /** A definition at the end changes blocks far before it; that may cost a whole pass only so often. */
  #needsWhole(definitions: Definitions): boolean {
    if (this.#resume.block === 0 && this.#wholeAt === this.#text.length) return false;
    const grown = this.#text.length - this.#wholeAt;
    return grown >= this.#text.length * GROWTH && this.#painter.hasOutdated(definitions);
  }

  #keepDefinitions(from: ResumePoint, found: Definitions): void {
    const isNone = Object.keys(found).length === Object.keys(this.#definitions).length;
    if (isNone || this.#resume.offset === from.offset) return;
    const final = from.prefix + this.#text.slice(from.offset, this.#resume.offset);
    this.lexedLength += final.length;
    this.#definitions = lexBlocks(final, this.#definitions).definitions;
  }

  #closeFinished(fromBlock: number): void {
    for (const { node } of this.#painter.blocks.slice(fromBlock, this.#resume.block)) {
      if (node.localName === 'cp-code-block') markClosed(node);
      else node.querySelectorAll('cp-code-block').forEach(markClosed);
      renderLazily(node);
    }
  }

  #watchFence(blocks: readonly Block[]): void {
    const last = blocks.at(-1);
    if (last?.kind !== 'leaf' || last.type !== 'fence') return;
    if (this.#resume.block !== this.#painter.blocks.length - 1) return;
    const code = this.#painter.blocks.at(-1)?.node.querySelector('code');
    if (code === null || code === undefined) return;
    this.#fence = OpenFence.open(this.#tail(), code);
  }

  /** Text of an oversized block, shown unread at the end of what is drawn. */
  #appendPlain(text: string): void {
    let node: Element | undefined = this.#painter.blocks.at(-1)?.node;
    if (node === undefined) return;
    this.#painter.markLastChanged();
    while (node.lastElementChild !== null && node.lastElementChild === node.lastChild) {
      if (node.localName === 'code') break;
      node = node.lastElementChild;
    }
    if (node.localName === 'code') appendCode(node, text);
    else if (node.lastChild instanceof Text) node.lastChild.appendData(text);
    else node.append(text);
  }
}

function markClosed(block: Element): void {
  block.setAttribute('closed', '');
}

function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n|\r/g, '\n') : text;
}

/** A carriage return at the end may be half of a line end: it waits for the rest. */
function withoutOpenLineEnd(text: string): string {
  return withLineFeeds(text.endsWith('\r') ? text.slice(0, -1) : text);
}
