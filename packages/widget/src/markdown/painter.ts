import type { Block, ListBlock, Part } from './block.js';
import {
  keyOf,
  shapeOf,
  styleOf,
  type ContainerBlock,
  type Drawn,
  type DrawnBlock,
  type DrawnContainer,
} from './drawn-block.js';
import { enrich, type MarkdownTexts } from './enrich.js';
import type { Definitions } from './lexer.js';
import { morph } from './morph.js';
import { definitionsOf, referenceLabels } from './reference-labels.js';
import { sanitise } from './sanitiser.js';

/** NUL never survives in markdown, so nothing has this source. */
const NO_SOURCE = '\u0000';

/**
 * Blocks in one box. When the last block grows, the browser goes through all its siblings: in boxes
 * they stay few however long the document. A box off the screen is skipped as a whole, which is
 * cheaper to watch for than each of its blocks.
 */
const BLOCKS_PER_GROUP = 12;

/** Draws blocks below one element, touching only what differs from what is there. */
export class Painter {
  readonly blocks: DrawnBlock[] = [];

  constructor(
    private readonly root: Element,
    private readonly texts: MarkdownTexts,
  ) {}

  /**
   * Makes the blocks from `index` on equal to `next`; those before are left alone.
   *
   * @param keptParts parts of the block at `index` that stay and that `next` does not hold
   */
  paint(index: number, next: readonly Block[], definitions: Definitions, keptParts = 0): void {
    next.forEach((block, position) => {
      const existing = this.blocks[index + position];
      const drawn = this.#update(existing, block, definitions, position === 0 ? keptParts : 0);
      this.blocks[index + position] = drawn;
      if (existing === undefined) this.#group(index + position).append(drawn.node);
    });
    for (const surplus of this.blocks.splice(index + next.length)) surplus.node.remove();
    const groups = Math.ceil(this.blocks.length / BLOCKS_PER_GROUP);
    while (this.root.children.length > groups) this.root.lastElementChild?.remove();
  }

  /** The last block's node was changed from outside: it counts as unlike any source. */
  markLastChanged(): void {
    const last = this.blocks.at(-1);
    if (last === undefined) return;
    if (last.kind === 'leaf') last.raw = NO_SOURCE;
    else if (last.parts.length === 0) last.shape = NO_SOURCE;
    else (last.parts.at(-1) ?? last).raw = NO_SOURCE;
  }

  /** Whether anything drawn refers to a definition that has come or changed since. */
  hasOutdated(definitions: Definitions): boolean {
    return this.blocks.some((block) =>
      (block.kind === 'leaf' ? [block] : [block, ...block.parts]).some((drawn) =>
        isOutdated(drawn, definitions),
      ),
    );
  }

  /** The box for the block of that index, which is the next to be added. */
  #group(index: number): Element {
    const group = this.root.children[Math.floor(index / BLOCKS_PER_GROUP)];
    if (group !== undefined) return group;
    const added = document.createElement('div');
    added.className = 'group';
    return this.root.appendChild(added);
  }

  #update(
    existing: DrawnBlock | undefined,
    block: Block,
    definitions: Definitions,
    keptParts: number,
  ): DrawnBlock {
    if (existing === undefined) return this.#draw(block, definitions);
    if (block.kind === 'leaf') {
      if (existing.kind !== 'leaf') return this.#replace(existing, this.#draw(block, definitions));
      const isSame = existing.type === block.type && isCurrent(existing, block, definitions);
      return isSame ? existing : this.#morph(existing, this.#draw(block, definitions));
    }
    // A list resumed in the middle begins with another number than the whole.
    const isSame =
      existing.kind === block.kind && (keptParts > 0 || existing.shape === shapeOf(block));
    if (!isSame || isOutdated(existing, definitions)) {
      return this.#replace(existing, this.#draw(block, definitions));
    }
    return this.#updateContainer(existing, block, definitions, keptParts);
  }

  #updateContainer(
    existing: DrawnContainer,
    block: ContainerBlock,
    definitions: Definitions,
    keptParts: number,
  ): DrawnContainer {
    const isRestyled = existing.style !== styleOf(block);
    existing.style = styleOf(block);
    block.parts.forEach((part, position) => {
      const index = keptParts + position;
      const current = existing.parts[index];
      if (current !== undefined && !isRestyled && isCurrent(current, part, definitions)) return;
      const drawn = this.#drawPart(block, part, definitions);
      if (current === undefined) existing.body.append(drawn.node);
      else drawn.node = morph(current.node, drawn.node) as Element;
      existing.parts[index] = drawn;
    });
    const surplus = existing.parts.splice(keptParts + block.parts.length);
    for (const { node } of surplus) node.remove();
    return existing;
  }

  #draw(block: Block, definitions: Definitions): DrawnBlock {
    if (block.kind !== 'leaf') return this.#drawContainer(block, definitions);
    const node = rootOf(this.#fragment(block.html()));
    return { kind: 'leaf', type: block.type, ...provenance(keyOf(block), definitions), node };
  }

  #drawContainer(block: ContainerBlock, definitions: Definitions): DrawnContainer {
    const isList = block.kind === 'list';
    const node = isList ? createList(block) : rootOf(this.#fragment(block.headerHtml()));
    const body = isList ? node : ensureTableBody(node);
    const parts = block.parts.map((part) => this.#drawPart(block, part, definitions));
    body.append(...parts.map((part) => part.node));
    const { kind } = block;
    const source = provenance(block.kind === 'table' ? block.header : '', definitions);
    return { kind, ...source, shape: shapeOf(block), style: styleOf(block), node, body, parts };
  }

  #drawPart(block: ContainerBlock, part: Part, definitions: Definitions): Drawn {
    const fragment = this.#fragment(part.html());
    const node = fragment.querySelector(block.kind === 'list' ? 'li' : 'tbody > tr');
    return { ...provenance(keyOf(part), definitions), node: node ?? document.createElement('li') };
  }

  #fragment(html: string): DocumentFragment {
    const fragment = sanitise(html);
    enrich(fragment, this.texts);
    return fragment;
  }

  #replace(existing: DrawnBlock, drawn: DrawnBlock): DrawnBlock {
    existing.node.replaceWith(drawn.node);
    return drawn;
  }

  #morph(existing: DrawnBlock, drawn: DrawnBlock): DrawnBlock {
    drawn.node = morph(existing.node, drawn.node) as Element;
    return drawn;
  }
}

function provenance(raw: string, definitions: Definitions): Omit<Drawn, 'node'> {
  const labels = referenceLabels(raw);
  return { raw, labels, signature: definitionsOf(labels, definitions) };
}

function isOutdated(drawn: Drawn, definitions: Definitions): boolean {
  return drawn.labels.length > 0 && definitionsOf(drawn.labels, definitions) !== drawn.signature;
}

function isCurrent(drawn: Drawn, source: Block | Part, definitions: Definitions): boolean {
  return drawn.raw === keyOf(source) && !isOutdated(drawn, definitions);
}

/** A block's one node; raw HTML that makes several, or none, gets a box around it. */
function rootOf(fragment: DocumentFragment): Element {
  const [first, ...others] = [...fragment.childNodes].filter(
    (node) => !(node instanceof Text) || node.data.trim() !== '',
  );
  const root = first instanceof HTMLElement && others.length === 0 ? first : wrap(fragment);
  if (root.localName !== 'cp-code-block') root.dir = 'auto';
  if (isEmpty(root)) root.hidden = true;
  return root;
}

/**
 * Told here rather than by `:empty` in a stylesheet, with which browsers find out the style of a
 * paragraph anew whenever text is added to it.
 */
function isEmpty({ childNodes, localName }: Element): boolean {
  return childNodes.length === 0 && localName !== 'hr' && localName !== 'img';
}

function wrap(fragment: DocumentFragment): HTMLElement {
  const box = document.createElement('div');
  box.append(fragment);
  return box;
}

function createList(block: ListBlock): HTMLElement {
  if (!block.ordered) return Object.assign(document.createElement('ul'), { dir: 'auto' });
  const list = document.createElement('ol');
  list.dir = 'auto';
  if (block.first !== 1) list.start = block.first;
  return list;
}

function ensureTableBody(root: Element): Element {
  const table = root.querySelector('table') ?? root;
  return table.appendChild(document.createElement('tbody'));
}
