import { createRandom, pick } from '../figures/random.js';
import { CODE, LINKS, WORDS } from './vocabulary.js';

/** What models count as a token, roughly: a short word with its space, a few digits, some signs. */
const TOKEN = / ?\p{L}{1,7}|\d{1,3}| ?[^\s\p{L}\d]{1,3}|\s+/gu;
/** The last words of every text: once they are on screen, all of it is. */
export const END_MARK = 'Here the answer ends.';

/** How often each kind of block comes, out of all. */
const BLOCKS = [
  [6, paragraph],
  [2, heading],
  [2, bulletList],
  [1, orderedList],
  [1, table],
  [3, code],
  [1, quote],
];
const BAG = BLOCKS.flatMap(([times, make]) => Array.from({ length: times }, () => make));

/** @param {string} text @returns {string[]} its tokens; together they are the text */
export function cutIntoTokens(text) {
  return text.match(TOKEN) ?? [];
}

/**
 * An answer of about so many tokens: headings, paragraphs, lists, tables, quotes and code in seven
 * languages, the same for the same seed.
 *
 * @param {{ tokens: number, seed?: number }} options
 */
export function makeMarkdown({ tokens, seed = 1 }) {
  const random = createRandom(seed);
  const blocks = [];
  let count = 0;
  let last = null;
  while (count < tokens) {
    const make = pick(random, BAG);
    // Two lists or tables in a row would be read as one.
    if (make === last && make !== paragraph) continue;
    last = make;
    const block = make(random);
    blocks.push(block);
    count += cutIntoTokens(block).length + 1;
  }
  return `${[...blocks, END_MARK].join('\n\n')}\n`;
}

function sentence(random, length = 8 + Math.floor(random() * 10)) {
  const words = Array.from({ length }, (_, index) => {
    const word = index > 3 && random() < 0.15 ? pick(random, LINKS) : pick(random, WORDS);
    return decorate(random, word);
  });
  const [first, ...rest] = words;
  return `${first.charAt(0).toUpperCase()}${first.slice(1)} ${rest.join(' ')}.`;
}

function decorate(random, word) {
  const chance = random();
  if (chance < 0.04) return `**${word}**`;
  if (chance < 0.07) return `*${word}*`;
  if (chance < 0.1) return `\`${word}\``;
  if (chance < 0.11) return `[${word}](https://example.org/${word})`;
  return word;
}

function paragraph(random) {
  return Array.from({ length: 2 + Math.floor(random() * 4) }, () => sentence(random)).join(' ');
}

function heading(random) {
  const level = '#'.repeat(2 + Math.floor(random() * 3));
  return `${level} The ${pick(random, WORDS)} of the ${pick(random, WORDS)}`;
}

function bulletList(random) {
  return Array.from({ length: 3 + Math.floor(random() * 5) }, () => {
    const item = `- ${sentence(random, 6)}`;
    return random() < 0.3 ? `${item}\n  - ${sentence(random, 4)}` : item;
  }).join('\n');
}

function orderedList(random) {
  return Array.from(
    { length: 3 + Math.floor(random() * 4) },
    (_, index) => `${index + 1}. ${sentence(random, 9)}`,
  ).join('\n');
}

function table(random) {
  const row = () =>
    `| ${pick(random, WORDS)} | ${Math.floor(random() * 1000)} | ${sentence(random, 4)} |`;
  const rows = Array.from({ length: 4 + Math.floor(random() * 6) }, row);
  return ['| name | count | remark |', '| :--- | ---: | --- |', ...rows].join('\n');
}

function quote(random) {
  return `> ${sentence(random)}\n> ${sentence(random)}`;
}

function code(random) {
  const [language, template] = pick(random, CODE);
  const pieces = Array.from({ length: 1 + Math.floor(random() * 3) }, () => fill(random, template));
  return `\`\`\`${language}\n${pieces.join('\n')}\`\`\``;
}

function fill(random, template) {
  const a = pick(random, WORDS);
  const b = pick(random, WORDS);
  const name = a.charAt(0).toUpperCase() + a.slice(1);
  return template
    .replace(/\$A/g, name)
    .replace(/\$a/g, a)
    .replace(/\$b/g, b)
    .replace(/\$n/g, () => String(10 + Math.floor(random() * 89)));
}
