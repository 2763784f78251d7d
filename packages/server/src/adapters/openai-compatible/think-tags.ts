/** A piece of a reply that is either said or thought. */
export interface ThoughtOrText {
  type: 'text' | 'reasoning';
  text: string;
}

const OPEN = '<think>';
const CLOSE = '</think>';

/**
 * Splits the thoughts some models put between `<think>` and `</think>` at the very beginning of
 * their text from what they say. Tags may be cut anywhere between two pieces; elsewhere in the text
 * they are text.
 */
export function createThinkSplitter(): {
  push(text: string): ThoughtOrText[];
  flush(): ThoughtOrText[];
} {
  let state: 'start' | 'thinking' | 'said-nothing' | 'text' = 'start';
  let held = '';

  function start(): ThoughtOrText[] {
    const begun = held.trimStart();
    if (begun.length < OPEN.length && OPEN.startsWith(begun)) return [];
    if (!begun.startsWith(OPEN)) return speak();
    held = begun.slice(OPEN.length);
    state = 'thinking';
    return think();
  }

  function think(): ThoughtOrText[] {
    const end = held.indexOf(CLOSE);
    if (end < 0) {
      const keep = partialClose(held);
      const thought = held.slice(0, held.length - keep);
      held = held.slice(held.length - keep);
      return piece('reasoning', thought);
    }
    const thought = piece('reasoning', held.slice(0, end));
    held = held.slice(end + CLOSE.length);
    state = 'said-nothing';
    return [...thought, ...next()];
  }

  /** The blank lines after the thoughts are not part of the answer. */
  function skipBlank(): ThoughtOrText[] {
    held = held.trimStart();
    return held === '' ? [] : speak();
  }

  function speak(): ThoughtOrText[] {
    state = 'text';
    const said = held;
    held = '';
    return piece('text', said);
  }

  function next(): ThoughtOrText[] {
    switch (state) {
      case 'start':
        return start();
      case 'thinking':
        return think();
      case 'said-nothing':
        return skipBlank();
      case 'text':
        return speak();
    }
  }

  return {
    push(text) {
      held += text;
      return next();
    },
    flush() {
      const rest = held;
      held = '';
      return piece(state === 'thinking' ? 'reasoning' : 'text', rest);
    },
  };
}

function piece(type: ThoughtOrText['type'], text: string): ThoughtOrText[] {
  return text === '' ? [] : [{ type, text }];
}

/** How many characters at the end may be the beginning of the closing tag. */
function partialClose(text: string): number {
  for (let length = Math.min(CLOSE.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(CLOSE.slice(0, length))) return length;
  }
  return 0;
}
