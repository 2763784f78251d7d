import { expect } from '@open-wc/testing';
import { Lexer } from 'marked';
import { MAX_INLINE_RUN } from './inline-runs.js';
import { createDefinitions, lexBlocks } from './lexer.js';
import { MarkdownView } from './markdown-view.js';

const TEXTS = {
  showImage: (host: string): string => host,
  footnote: (label: string): string => label,
  taskDone: 'Done',
  taskOpen: 'To do',
};
/** Characters of one update: what a fast model sends between two paints. */
const PIECE = 96;
/** Twice 1 + 8 (see GROWTH), for the outline and what a definition makes be read again. */
const LINEAR_FACTOR = 18;
/** What an unfinished block may cost with every update, however little was added. */
const FREE_TAIL = 3_000 + PIECE;

function lexedWhileStreaming(text: string): number {
  const view = new MarkdownView(document.createElement('div'), TEXTS);
  for (let end = PIECE; end < text.length; end += PIECE) view.update(text.slice(0, end));
  view.finish(text);
  return view.lexedLength;
}

const SIZE = 24_000;
const LONG: Readonly<Record<string, string>> = {
  'one paragraph': 'word and **more** words '.repeat(SIZE / 24),
  'one paragraph of lines': 'a line of words\n'.repeat(SIZE / 16),
  'one code block': `\`\`\`js\n${'const value = compute();\n'.repeat(SIZE / 25)}`,
  'one list': '- an item with **words**\n'.repeat(SIZE / 25),
  'one loose list': '1. an item with words\n\n'.repeat(SIZE / 23),
  'one table': `| a | b |\n|---|---|\n${'| cell | other cell |\n'.repeat(SIZE / 22)}`,
  'one quote': '> a quoted line\n'.repeat(SIZE / 16),
  'one list item': `- item\n${'  goes on and on\n'.repeat(SIZE / 17)}`,
  'one html block': `<div>\n${'text in it\n'.repeat(SIZE / 11)}`,
  definitions: Array.from(
    { length: SIZE / 40 },
    (_, index) => `[see ${index}]\n\n[see ${index}]: https://e.example/${index}\n\n`,
  ).join(''),
};

describe('the work of streaming', () => {
  for (const [name, text] of Object.entries(LONG)) {
    it(`stays within its bound, and grows no faster than the text, for ${name}`, () => {
      const bound = LINEAR_FACTOR * text.length + (FREE_TAIL * text.length) / PIECE;
      const whole = lexedWhileStreaming(text);
      expect(whole).to.be.below(bound);
      // With the square of its length it would be four times as much.
      expect(whole / lexedWhileStreaming(text.slice(0, text.length / 2))).to.be.below(2.7);
    });
  }

  it('reads an ordinary document little more than twice', () => {
    const section = `## Heading\n\nA paragraph of an ordinary length, with some **bold** words in it.\n\n- one\n- two\n- three\n\n\`\`\`js\n${'const a = 1;\n'.repeat(20)}\`\`\`\n\n`;
    const text = section.repeat(40);
    const inPieces = lexedWhileStreaming(text);
    const longest = Math.max(...section.split('\n\n').map((block) => block.length));
    expect(inPieces).to.be.below(3 * text.length + (text.length / PIECE) * longest);
  });
});

describe('markdown that is slow to read', () => {
  const length = 30_000;
  const HOSTILE: Readonly<Record<string, string>> = {
    'nested brackets': '['.repeat(length / 2) + ']'.repeat(length / 2),
    'open links': '[a]('.repeat(length / 4),
    'long backticks': `a${'`'.repeat(length - 1)}`,
    'backticks of every length': Array.from(
      { length: 240 },
      (_, count) => `e${'`'.repeat(count)}`,
    ).join(''),
    'emphasis runs': `a${'*'.repeat(length - 1)}`,
    'mixed emphasis': '**_~~a '.repeat(length / 7),
    'underscores in words': 'a_b_'.repeat(length / 4),
    addresses: `${'a.'.repeat(length / 2)}@`,
  };

  for (const [name, text] of Object.entries(HOSTILE)) {
    it(`is read in short runs: ${name}`, () => {
      const runs = inlineRunsOf(text);
      const total = runs.reduce((sum, run) => sum + run, 0);
      expect(Math.max(...runs)).to.be.at.most(MAX_INLINE_RUN);
      expect(total).to.equal(text.length);
    });
  }

  it('is not nested without end', () => {
    const deep = lexBlocks('>'.repeat(length), createDefinitions());
    const nested = lexBlocks(
      Array.from({ length: 200 }, (_, level) => `${' '.repeat(2 * level)}- a`).join('\n'),
      createDefinitions(),
    );
    for (const { blocks } of [deep, nested]) {
      const [block] = blocks;
      const htmlOf =
        block?.kind === 'list'
          ? block.parts[0]?.html()
          : block?.kind === 'leaf'
            ? block.html()
            : '';
      const levels = htmlOf?.match(/<(?:blockquote|ul)>/g)?.length ?? 0;
      expect(levels).to.be.within(20, 26);
    }
  });

  it('makes no more table cells than it has characters', () => {
    const columns = 200;
    const text = `|${'a|'.repeat(columns)}\n|${'-|'.repeat(columns)}\n${'x\n'.repeat(5_000)}`;
    const [block] = lexBlocks(text, createDefinitions()).blocks;
    expect(block?.kind).to.equal('leaf');
  });
});

/** Lengths of the top-level runs given to the inline tokeniser. */
function inlineRunsOf(text: string): number[] {
  const original = Lexer.prototype.inlineTokens;
  const runs: number[] = [];
  let depth = 0;
  Lexer.prototype.inlineTokens = function (this: Lexer, source, tokens) {
    if (depth === 0) runs.push(source.length);
    depth += 1;
    try {
      return original.call(this, source, tokens);
    } finally {
      depth -= 1;
    }
  };
  try {
    for (const block of lexBlocks(text, createDefinitions()).blocks) {
      if (block.kind === 'leaf') block.html();
    }
  } finally {
    Lexer.prototype.inlineTokens = original;
  }
  return runs;
}
