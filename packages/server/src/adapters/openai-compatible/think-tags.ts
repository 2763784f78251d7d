import {
  AT_START,
  BARE_CLOSES,
  endsThoughts,
  findMark,
  MARK_BEGIN,
  partialEnd,
  pass,
  THINK_MARKS,
  type Place,
  type ThinkMarks,
} from './think-marks.js';

/** A piece of a reply that is either said or thought. */
export type ThoughtOrText =
  | { type: 'text' | 'reasoning'; text: string }
  /** All text so far was thought: the model's template had begun the thoughts, without a mark. */
  | { type: 'text-is-reasoning' };

type State =
  /** Nothing but blanks and what may become a mark. */
  | { phase: 'start'; held: string }
  | { phase: 'thinking'; held: string; marks: ThinkMarks }
  /** After thoughts, before the answer. */
  | { phase: 'thought'; held: string; answer: string }
  /** In text that may turn out to have been thought. */
  | { phase: 'unsure'; held: string; place: Place }
  | { phase: 'text'; held: '' };

interface Step {
  state: State;
  pieces: ThoughtOrText[];
}

const SPEAKING: State = { phase: 'text', held: '' };

/**
 * Splits the thoughts that models mark at the very beginning of their text from what they say. Marks
 * may be cut anywhere between two pieces; elsewhere in the text they are text. But a closing mark
 * that none opened says that all before it was thought: some templates write the opening one.
 */
export function createThinkSplitter(): {
  push(text: string): ThoughtOrText[];
  flush(): ThoughtOrText[];
} {
  let state: State = { phase: 'start', held: '' };
  return {
    push(text) {
      if (state.phase === 'text') return piece('text', text);
      const step = advance(state, state.held + text);
      state = step.state;
      return step.pieces;
    },
    flush() {
      const { phase, held } = state;
      const last =
        state.phase === 'unsure'
          ? findBareClose(state.place, held, true).pieces
          : piece(phase === 'thinking' ? 'reasoning' : 'text', held);
      state = { phase: 'start', held: '' };
      return last;
    },
  };
}

function advance(state: State, text: string): Step {
  switch (state.phase) {
    case 'start':
      return start(text);
    case 'thinking':
      return think(text, state.marks);
    case 'thought':
      return findAnswer(text, state.answer);
    case 'unsure':
      return findBareClose(state.place, text, false);
    case 'text':
      return { state, pieces: piece('text', text) };
  }
}

function start(text: string): Step {
  const begun = text.trimStart();
  const lower = begun.toLowerCase();
  const marks = THINK_MARKS.find(({ open }) => lower.startsWith(open));
  if (marks) return think(begun.slice(marks.open.length), marks);
  const mayBecomeMark = THINK_MARKS.some(({ open }) => open.startsWith(lower));
  if (mayBecomeMark) return { state: { phase: 'start', held: text }, pieces: [] };
  return findBareClose(AT_START, text, false);
}

function think(text: string, marks: ThinkMarks): Step {
  const closed = findMark(text, [marks.close]);
  if (!closed) {
    const end = text.length - partialEnd(text, [marks.close]);
    const pieces = piece('reasoning', text.slice(0, end));
    return { state: { phase: 'thinking', held: text.slice(end), marks }, pieces };
  }
  const { state, pieces } = findAnswer(text.slice(closed.end), marks.answer ?? '');
  return { state, pieces: [...piece('reasoning', text.slice(0, closed.start)), ...pieces] };
}

/** The blank lines after the thoughts are not part of the answer, nor is what some models head it with. */
function findAnswer(text: string, answer: string): Step {
  const begun = text.trimStart();
  const lower = begun.toLowerCase();
  if (answer.startsWith(lower) && lower !== answer) {
    return { state: { phase: 'thought', held: begun, answer }, pieces: [] };
  }
  const said = lower.startsWith(answer) ? begun.slice(answer.length).trimStart() : begun;
  if (said === '') return { state: { phase: 'thought', held: '', answer: '' }, pieces: [] };
  return { state: SPEAKING, pieces: piece('text', said) };
}

/** @param isLast whether the text ends here, and with it what a mark at its end stands in */
function findBareClose(place: Place, text: string, isLast: boolean): Step {
  let from = 0;
  for (;;) {
    const found = MARK_BEGIN.test(text) ? findMark(text, BARE_CLOSES, from) : null;
    if (!found) break;
    const before = text.slice(0, found.start);
    const after = text.slice(found.end);
    // Whether the mark ends its line is not known yet.
    if (!isLast && /^[ \t\r]*$/.test(after)) return hold(place, text, found.start);
    if (endsThoughts(pass(place, before), after)) {
      const { state, pieces } = findAnswer(after, '');
      const thought: ThoughtOrText[] = [...piece('text', before), { type: 'text-is-reasoning' }];
      return { state, pieces: [...thought, ...pieces] };
    }
    from = found.end;
  }
  return hold(place, text, isLast ? text.length : text.length - partialEnd(text, BARE_CLOSES));
}

function hold(place: Place, text: string, end: number): Step {
  const said = text.slice(0, end);
  const next = pass(place, said);
  // Who opens thoughts in the midst of a text talks about them.
  const state: State =
    next.hasOpened && end === text.length
      ? SPEAKING
      : { phase: 'unsure', held: text.slice(end), place: next };
  return { state, pieces: piece('text', said) };
}

function piece(type: 'text' | 'reasoning', text: string): ThoughtOrText[] {
  return text === '' ? [] : [{ type, text }];
}
