/** Longest title a chat is given by the server, in UTF-16 code units. */
export const MAX_MADE_TITLE_LENGTH = 60;
const MAX_READ_LENGTH = 500;
/** Of an answer, so much is looked at. */
const MAX_ANSWER_LENGTH = 8_000;

/** Controls, line ends, and the invisible marks that can turn the direction of what stands beside. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]+/gu;
const QUOTES = `"'“”‘’„‚«»‹›\`「」『』【】《》〈〉＂＇`;
const EDGES = new RegExp(`^[\\s${QUOTES}*_#>~\\-–—•·]+|[\\s${QUOTES}*_#~.。．।،,;；:：]+$`, 'gu');
const QUOTED = /["“„«「『《](.{2,80}?)["”“»」』》]/u;
const THOUGHT = /<(think|thinking|thought|reasoning)>[\s\S]*?(<\/\1>|$)/gi;
/** What chat templates and other roles leave behind. */
const TEMPLATE =
  /<\|[^|>\n]{1,40}\|>|\[\/?INST\]|<\/?s>|<\/?(title|b|i|em|strong|h[1-6]|p|br)\s*\/?>/gi;
const LABEL =
  /^((a |the )?((suggested|possible|proposed|new|short|chat|conversation) ){0,2}(title|name|topic|subject|heading)( \d+)?( for (this|the) (chat|conversation))?( is)?|assistant|user|system|answer|response|output|result|titel|titre|título|titolo|название|заголовок|العنوان|عنوان|ชื่อเรื่อง|ชื่อแชท|หัวข้อ|ชื่อ|标题|標題|题目|タイトル|제목)\s*[*_]{0,2}\s*[:：]\s*|^\d{1,2}[.)]\s+(?=\S)/iu;
/** Words before a title, or about one. */
const PREAMBLE =
  /^(sure|okay|ok|of course|certainly|absolutely|alright|all right|great|got it|hmm+|well|here('|’)?s|here (is|are)|let me|let('|’)s|i need|i should|i('|’)ll|i will|i would|i think|the user|we need|we have|based on|a (good|suitable|fitting|possible|short|concise) title|this (conversation|chat)|(title|titles) (options|ideas|suggestions)|(some )?(possible|suggested) titles?|how about|you (could|can) )\b/iu;
const REFUSAL =
  /^(i('|’)?m (sorry|unable|afraid)|i am (sorry|unable)|sorry|i apologi[sz]e|i can('|’)?t|i cannot|i can not|unfortunately|as an ai|ขออภัย|ขอโทษ|抱歉|对不起|對不起|很抱歉|申し訳|すみません|죄송|lo siento|désolée?|je suis désolée?|tut mir leid|es tut mir leid|entschuldigung|desculpe|mi dispiace|извините|к сожалению|عذرا|آسف|أعتذر)/iu;
/** A line beyond this is prose, in UTF-16 code units. */
const MAX_LINE_LENGTH = 120;
const TITLE_KEYS = ['title', 'chat_title', 'name', 'topic', 'subject', 'heading', 'summary'];

/**
 * One plain line of what a model offered as a title; null when nothing usable is in it: a refusal,
 * thoughts, prose. A title is text: whoever shows it must still escape it.
 */
export function titleFromModel(answer: string): string | null {
  const said = answer.slice(0, MAX_ANSWER_LENGTH).replace(THOUGHT, '').replace(TEMPLATE, '');
  const fromJson = titleInJson(said);
  for (const line of (fromJson ?? said).split(/\r?\n/)) {
    if (/^\s*(```|~~~)/.test(line)) continue;
    const title = titleInLine(line);
    if (title === REFUSED) return null;
    if (title !== null) return shorten(title);
  }
  return null;
}

const REFUSED = Symbol('refused');

function titleInLine(line: string): string | typeof REFUSED | null {
  if (line.length > MAX_READ_LENGTH) return null;
  const words = plain(withoutLinks(line));
  if (REFUSAL.test(words)) return REFUSED;
  let title = withoutLabels(words);
  if (PREAMBLE.test(title)) title = offeredIn(line);
  const isProse = title.length > MAX_LINE_LENGTH || /[.!?]\s+\p{Lu}.*[.!?\s]\s*\S+ /u.test(title);
  return /[\p{L}\p{N}]/u.test(title) && !isProse ? title : null;
}

/** `**Title:** 1. Name`: as many as there are. */
function withoutLabels(words: string): string {
  let title = words;
  for (let count = 0; count < 3; count += 1) title = plain(title.replace(LABEL, ''));
  return title;
}

/** `Sure, here is one: "Name"` or `Here is one: Name`. */
function offeredIn(line: string): string {
  const quoted = QUOTED.exec(line)?.[1] ?? /\*\*(.{2,80}?)\*\*/u.exec(line)?.[1];
  if (quoted !== undefined) return plain(quoted);
  const after = /[:：]\s*(\S.*)$/u.exec(line)?.[1] ?? '';
  return plain(after);
}

function withoutLinks(line: string): string {
  return line.replace(/!?\[([^\]]{1,200})\]\([^)]{0,500}\)/g, '$1');
}

/** The title in an object or a list, fenced or not; cut ones included. */
function titleInJson(said: string): string | null {
  const begin = said.search(/[{[]/);
  if (begin < 0 || /[\p{L}\p{N}]/u.test(said.slice(0, begin).replace(/^\s*```\w*/, '')))
    return null;
  for (const key of TITLE_KEYS) {
    const found = new RegExp(`["']${key}["']\\s*:\\s*("(?:[^"\\\\]|\\\\.){0,400}"?)`, 'i').exec(
      said,
    );
    if (found?.[1] !== undefined) return textOf(found[1]);
  }
  const first = /^\s*(?:```\w*\s*)?[[{]\s*(?:"[^"]{0,80}"\s*:\s*)?("(?:[^"\\]|\\.){1,400}"?)/.exec(
    said,
  );
  return first?.[1] === undefined ? null : textOf(first[1]);
}

function textOf(json: string): string {
  const closed = /(?:[^\\])"$/.test(json) ? json : `${json}"`;
  try {
    return String(JSON.parse(closed));
  } catch {
    return json.replaceAll('"', '');
  }
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
