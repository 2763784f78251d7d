/** A piece of a reply that is either said or thought. */
export interface ThoughtOrText {
  type: 'text' | 'reasoning';
  text: string;
}

const OPEN = '<think>';
const CLOSE = '</think>';

interface Step {
  phase: 'start' | 'thinking' | 'thought' | 'text';
  /** What cannot be told apart yet. */
  held: string;
  pieces: ThoughtOrText[];
}

/**
 * Splits the thoughts some models put between `<think>` and `</think>` at the very beginning of
 * their text from what they say. Tags may be cut anywhere between two pieces; elsewhere in the text
 * they are text.
 */
export function createThinkSplitter(): {
  push(text: string): ThoughtOrText[];
  flush(): ThoughtOrText[];
} {
  let step: Step = { phase: 'start', held: '', pieces: [] };
  return {
    push(text) {
      if (step.phase === 'text') return piece('text', text);
      step = advance(step.phase, step.held + text);
      return step.pieces;
    },
    flush() {
      const { phase, held } = step;
      step = { phase, held: '', pieces: [] };
      return piece(phase === 'thinking' ? 'reasoning' : 'text', held);
    },
  };
}

function advance(phase: Exclude<Step['phase'], 'text'>, held: string): Step {
  switch (phase) {
    case 'start':
      return start(held);
    case 'thinking':
      return think(held);
    case 'thought':
      return skipBlank(held);
  }
}

function start(held: string): Step {
  const begun = held.trimStart();
  const mayBecomeTag = begun.length < OPEN.length && OPEN.startsWith(begun);
  if (mayBecomeTag) return { phase: 'start', held, pieces: [] };
  return begun.startsWith(OPEN) ? think(begun.slice(OPEN.length)) : speak(held);
}

function think(held: string): Step {
  const end = held.indexOf(CLOSE);
  if (end < 0) {
    const said = held.length - partialClose(held);
    const pieces = piece('reasoning', held.slice(0, said));
    return { phase: 'thinking', held: held.slice(said), pieces };
  }
  const after = skipBlank(held.slice(end + CLOSE.length));
  return { ...after, pieces: [...piece('reasoning', held.slice(0, end)), ...after.pieces] };
}

/** The blank lines after the thoughts are not part of the answer. */
function skipBlank(held: string): Step {
  const text = held.trimStart();
  return text === '' ? { phase: 'thought', held: '', pieces: [] } : speak(text);
}

function speak(held: string): Step {
  return { phase: 'text', held: '', pieces: piece('text', held) };
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
