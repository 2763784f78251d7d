import { LINES_PER_CHUNK, createCodeChunk } from './code-text.js';

/** What a highlighter writes: a span with classes, its end, or text. */
const PIECE = /<span class="([^"]*)">|(<\/span>)|([^<]+)/g;
const ENTITY = /&(amp|lt|gt|quot|#x27);/g;
const CHARACTERS: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#x27': "'",
};

/**
 * Shows highlighted code in boxes of lines, like plain code. Built node by node rather than by the
 * HTML parser: nothing but spans and text can come of it, whatever the highlighter wrote.
 */
export function fillHighlighted(code: Element, highlighted: string): void {
  const builder = new ChunkBuilder();
  for (const [, className, end, text] of highlighted.matchAll(PIECE)) {
    if (className !== undefined) builder.open(className);
    else if (end !== undefined) builder.close();
    else builder.text((text ?? '').replace(ENTITY, (_, name: string) => CHARACTERS[name] ?? ''));
  }
  code.replaceChildren(...builder.chunks);
}

class ChunkBuilder {
  readonly chunks: Element[] = [];
  #classes: string[] = [];
  #path: Element[] = [];
  #lines = 0;

  open(className: string): void {
    this.#classes.push(className);
    this.#append(className);
  }

  close(): void {
    this.#classes.pop();
    this.#path.pop();
  }

  text(text: string): void {
    for (const line of text.split(/(?<=\n)/)) {
      this.#top().append(line);
      if (!line.endsWith('\n')) continue;
      this.#lines += 1;
      if (this.#lines % LINES_PER_CHUNK === 0) this.#path = [];
    }
  }

  /** The innermost open element; after a full box, the same spans opened again in a new one. */
  #top(): Element {
    const top = this.#path.at(-1);
    if (top !== undefined) return top;
    const chunk = createCodeChunk();
    this.chunks.push(chunk);
    this.#path = [chunk];
    for (const className of this.#classes) this.#append(className);
    return this.#path.at(-1) ?? chunk;
  }

  #append(className: string): void {
    const parent = this.#path.at(-1);
    if (parent === undefined) return;
    const span = document.createElement('span');
    span.className = className;
    parent.append(span);
    this.#path.push(span);
  }
}
