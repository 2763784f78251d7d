/** Deltas joined at a time: keeps the text in few flat strings instead of one node a token. */
const JOIN_COUNT = 256;

/** Text that grows by small pieces. Plain `+=` would keep every piece alive until the end. */
export class TextBuffer {
  #whole: string[] = [];
  #recent: string[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  append(piece: string): void {
    this.#recent.push(piece);
    this.#length += piece.length;
    if (this.#recent.length < JOIN_COUNT) return;
    this.#whole.push(this.#recent.join(''));
    this.#recent = [];
  }

  /** Takes the last `length` units off. @returns them */
  cut(length: number): string {
    const text = this.toString();
    const end = text.length - length;
    this.#whole = [text.slice(0, end)];
    this.#recent = [];
    this.#length = end;
    return text.slice(end);
  }

  toString(): string {
    return this.#whole.join('') + this.#recent.join('');
  }
}
