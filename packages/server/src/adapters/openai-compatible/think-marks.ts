/** How a kind of model marks its thoughts, in lower case. */
export interface ThinkMarks {
  open: string;
  close: string;
  /** What may stand between the thoughts and the answer, and is part of neither. */
  answer?: string;
}

const tag = (name: string): ThinkMarks => ({ open: `<${name}>`, close: `</${name}>` });

export const THINK_MARKS: readonly ThinkMarks[] = [
  ...['think', 'thinking', 'thought', 'thoughts', 'reasoning', 'reason', 'seed:think'].map(tag),
  { open: '[think]', close: '[/think]' },
  { open: '◁think▷', close: '◁/think▷' },
  { open: '<|think|>', close: '<|/think|>' },
  { open: '<|thinking|>', close: '<|/thinking|>' },
  { open: '<|begin_of_thought|>', close: '<|end_of_thought|>' },
  { open: '<|start_thinking|>', close: '<|end_thinking|>' },
  {
    open: '<|channel|>analysis<|message|>',
    close: '<|end|>',
    answer: '<|start|>assistant<|channel|>final<|message|>',
  },
];

/** Every mark begins with one of these. */
export const MARK_BEGIN = /[<[◁]/;
/** Closing marks that also stand for themselves, where a template has begun the thoughts. */
export const BARE_CLOSES = THINK_MARKS.map(({ close }) => close).filter((mark) => /\//.test(mark));
const LONGEST_OPEN = Math.max(...THINK_MARKS.map(({ open }) => open.length));

/** How many characters at the end of a text may be the beginning of a mark. */
export function partialEnd(text: string, marks: readonly string[]): number {
  const longest = Math.max(...marks.map(({ length }) => length)) - 1;
  const end = text.slice(-longest).toLowerCase();
  for (let length = end.length; length > 0; length -= 1) {
    if (marks.some((mark) => mark.startsWith(end.slice(-length)))) return length;
  }
  return 0;
}

/** The first of some marks in a text. */
export function findMark(
  text: string,
  marks: readonly string[],
  from = 0,
): { start: number; end: number } | null {
  const lower = text.toLowerCase();
  let first: { start: number; end: number } | null = null;
  for (const mark of marks) {
    const start = lower.indexOf(mark, from);
    if (start >= 0 && (!first || start < first.start)) first = { start, end: start + mark.length };
  }
  return first;
}

/** Where in a text one is, as far as it matters for a closing mark by itself. */
export interface Place {
  /** The begin of the line: whether it is a fence. */
  lineHead: string;
  isLineBlank: boolean;
  /** Within a code span of the line. */
  isInSpan: boolean;
  isFenced: boolean;
  hasOpened: boolean;
  /** Enough of the end to see a mark that was cut. */
  tail: string;
}

export const AT_START: Place = {
  lineHead: '',
  isLineBlank: true,
  isInSpan: false,
  isFenced: false,
  hasOpened: false,
  tail: '',
};

const FENCE = /^\s*(```|~~~)/;
const LINE_HEAD_LENGTH = 12;

/** The place after some more text. */
export function pass(place: Place, text: string): Place {
  if (text === '') return place;
  const [head = '', ...lines] = text.split('\n');
  let next = within(place, head);
  for (const line of lines) {
    const isFenced = FENCE.test(next.lineHead) ? !next.isFenced : next.isFenced;
    next = within({ ...AT_START, isFenced, hasOpened: next.hasOpened, tail: '\n' }, line);
  }
  return next;
}

function within(place: Place, text: string): Place {
  if (text === '') return place;
  const { lineHead, isFenced } = place;
  const ticks = text.includes('`') ? text.split('`').length - 1 : 0;
  const seen = place.tail + text;
  const mayOpen = !place.hasOpened && MARK_BEGIN.test(seen);
  const opens = THINK_MARKS.map(({ open }) => open);
  return {
    lineHead:
      lineHead.length < LINE_HEAD_LENGTH ? lineHead + text.slice(0, LINE_HEAD_LENGTH) : lineHead,
    isLineBlank: place.isLineBlank && text.trim() === '',
    isInSpan: ticks % 2 === 1 ? !place.isInSpan : place.isInSpan,
    isFenced,
    hasOpened: place.hasOpened || (mayOpen && findMark(seen, opens) !== null),
    tail: seen.slice(-LONGEST_OPEN),
  };
}

/**
 * Whether a closing mark here ends thoughts that no mark began: it stands by itself in its line, at
 * the line's end, or right after a sentence; not in code, and not where thoughts are talked about.
 *
 * @param after what follows the mark
 */
export function endsThoughts(place: Place, after: string): boolean {
  if (place.hasOpened || place.isInSpan || place.isFenced || FENCE.test(place.lineHead))
    return false;
  if (place.isLineBlank || /^[ \t]*(\r?\n|$)/.test(after)) return true;
  return /[.!?。！？…]$/.test(place.tail) && /^\S/.test(after);
}
