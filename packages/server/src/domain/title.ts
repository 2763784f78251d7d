/** Longest title a chat is given by the server, in UTF-16 code units. */
export const MAX_MADE_TITLE_LENGTH = 60;
const MAX_READ_LENGTH = 500;

/** Controls, line ends, and the invisible marks that can turn the direction of what stands beside. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]+/gu;
const THOUGHT = /<think>[\s\S]*?(<\/think>|$)/g;
const LABEL = /^(title|chat title|ชื่อเรื่อง|หัวข้อ|ชื่อ)\s*[:：]\s*/i;
const EDGES = /^[\s"'“”‘’«»`*_#>\-–—•]+|[\s"'“”‘’«»`*_#.。,;:]+$/gu;

/**
 * One plain line of what a model offered as a title; null when nothing usable is in it.
 * A title is text: whoever shows it must still escape it.
 */
export function titleFromModel(answer: string): string | null {
  const lines = answer.replace(THOUGHT, '').split(/\r?\n/);
  for (const line of lines) {
    const title = plain(plain(line).replace(LABEL, ''));
    if (/[\p{L}\p{N}]/u.test(title)) return shorten(title);
  }
  return null;
}

/** The first words of a question, for when no model made a title. */
export function titleFromQuestion(question: string): string {
  const title = plain(question.replace(/```[\s\S]*?(```|$)/g, ' '));
  return shorten(title === '' ? plain(question) || question.trim() : title);
}

/** Reads no further than a title needs: trimming long runs would cost their square. */
function plain(text: string): string {
  const start = text.trimStart().slice(0, MAX_READ_LENGTH).toWellFormed();
  return start.replace(UNSEEN, ' ').replace(/\s+/g, ' ').replace(EDGES, '');
}

/** At most the longest length, cut between words where there are any, never within a character. */
function shorten(title: string): string {
  if (title.length <= MAX_MADE_TITLE_LENGTH) return title;
  const kept: string[] = [];
  let length = 0;
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(title)) {
    if (length + segment.length >= MAX_MADE_TITLE_LENGTH) break;
    kept.push(segment);
    length += segment.length;
  }
  const words = kept.join('').trimEnd();
  return `${words === '' ? cutCharacters(title) : words}…`;
}

function cutCharacters(title: string): string {
  let cut = '';
  for (const { segment } of new Intl.Segmenter().segment(title)) {
    if (cut.length + segment.length >= MAX_MADE_TITLE_LENGTH) break;
    cut += segment;
  }
  return cut;
}
