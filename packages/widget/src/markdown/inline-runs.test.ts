import { expect } from '@open-wc/testing';
import { Marked } from 'marked';
import { MAX_INLINE_RUN, inlineRuns } from './inline-runs.js';
import { createDefinitions, lexBlocks } from './lexer.js';

const WORDS = 'some words of a long paragraph, with a sign or two. ';
const THAI = 'ข้อความยาวมากที่ไม่มีช่องว่าง';

/** Paragraphs far beyond one run, marked across wherever they may be cut. */
const LONG: Readonly<Record<string, string>> = {
  'bold all over': `**${WORDS.repeat(200)}end** and after`,
  'bold and soft within': `**${WORDS.repeat(90)}*${WORDS.repeat(90)}soft* ${WORDS.repeat(90)}end**.`,
  'struck out': `A ~~${WORDS.repeat(200)}end~~ and after`,
  'links everywhere': `${'see [a **link** to](https://a.example/some/path) or '.repeat(300)}end`,
  'code everywhere': `${'`code with * and [` and ``more ` of it`` '.repeat(300)}end`,
  'one long code': `Before \`${'code with * in '.repeat(600)}end\` after`,
  'bold in every word': `${'**bo**ld *a*b '.repeat(900)}end`,
  'marks nobody closes': `**${WORDS.repeat(200)} * and _ and [ end`,
  'no spaces': `**${THAI.repeat(300)}**${THAI.repeat(100)}*${THAI.repeat(300)}*`,
  'emoji only': '👍'.repeat(6_000),
  'an embedded picture': `${WORDS.repeat(60)}![dot](data:image/png;base64,${'iVBORw0KGgo'.repeat(600)}) after`,
};

const MARKING = 'strong, em, del, code, a, img';

/** Every letter of a document with the marks it has: what a reader sees. */
function seen(html: string): string[] {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  const letters: string[] = [];
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_ALL);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node instanceof HTMLImageElement) letters.push(`img ${node.src.length}`);
    if (!(node instanceof Text)) continue;
    const marks = new Set<string>();
    for (let at = node.parentElement; at !== null; at = at.parentElement) {
      if (at.matches(MARKING)) marks.add(at.localName + (at.getAttribute('href') ?? ''));
    }
    const suffix = [...marks].sort().join(' ');
    for (const letter of node.data.replace(/\s/g, '')) letters.push(letter + suffix);
  }
  return letters;
}

function drawn(text: string): string {
  const [block] = lexBlocks(text, createDefinitions()).blocks;
  return block?.kind === 'leaf' ? block.html() : '';
}

describe('a paragraph too long to be read in one go', () => {
  for (const [name, text] of Object.entries(LONG)) {
    it(`looks as if it had been: ${name}`, () => {
      expect([...inlineRuns(text)].length).to.be.greaterThan(1);
      const whole = new Marked({ gfm: true }).parse(text, { async: false });
      expect(seen(drawn(text)).join('\n')).to.equal(seen(whole).join('\n'));
    });
  }

  it('is read in short runs, but for a picture that is embedded', () => {
    for (const [name, text] of Object.entries(LONG)) {
      const longest = Math.max(...[...inlineRuns(text)].map((run) => run.length));
      if (name !== 'an embedded picture') expect(longest, name).to.be.at.most(MAX_INLINE_RUN);
    }
  });
});
