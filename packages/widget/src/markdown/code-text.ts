/**
 * Lines in one box of a long code block. A line added at the end then lays out its own box again and
 * not the whole block.
 */
export const LINES_PER_CHUNK = 50;

const lineCounts = new WeakMap<Element, number>();

/** Replaces what a code element shows. */
export function fillCode(code: Element, text: string): void {
  code.replaceChildren();
  appendCode(code, text);
}

/** Adds text at the end of a code element; what is there stays untouched, selections included. */
export function appendCode(code: Element, text: string): void {
  let start = 0;
  while (start < text.length) {
    const chunk = openChunk(code);
    const { end, lines } = takeLines(text, start, LINES_PER_CHUNK - (lineCounts.get(chunk) ?? 0));
    appendText(chunk, text.slice(start, end));
    lineCounts.set(chunk, (lineCounts.get(chunk) ?? 0) + lines);
    start = end;
  }
}

/** The box that takes the next text; a full one is closed and followed by another. */
function openChunk(code: Element): Element {
  const last = code.lastElementChild;
  if (last !== null && (lineCounts.get(last) ?? 0) < LINES_PER_CHUNK) return last;
  return code.appendChild(createCodeChunk());
}

/** Where the text ends that holds at most `limit` line ends from `start` on. */
function takeLines(text: string, start: number, limit: number): { end: number; lines: number } {
  let end = start;
  for (let lines = 0; lines < limit; lines += 1) {
    const newline = text.indexOf('\n', end);
    if (newline === -1) return { end: text.length, lines };
    end = newline + 1;
  }
  return { end, lines: limit };
}

function appendText(chunk: Element, text: string): void {
  const last = chunk.lastChild;
  if (last instanceof Text) last.appendData(text);
  else chunk.append(text);
}

/** An empty box for the lines of a code block. */
export function createCodeChunk(): HTMLElement {
  const chunk = document.createElement('span');
  chunk.className = 'code-chunk';
  return chunk;
}
