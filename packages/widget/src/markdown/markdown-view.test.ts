import { expect } from '@open-wc/testing';
import { DOCUMENTS } from '../test-support/markdown-documents.js';
import { MarkdownView } from './markdown-view.js';

const TEXTS = {
  showImage: (host: string): string => `Show image from ${host}`,
  footnote: (label: string): string => `Footnote ${label}`,
  taskDone: 'Done',
  taskOpen: 'To do',
};

/** What stands at their ends changes what came long before: the price of finishing blocks early. */
const CORRECTED_AT_THE_END: ReadonlySet<string> = new Set([
  'definition with a title on the next line',
]);

function createView(): { view: MarkdownView; root: HTMLElement } {
  const root = document.createElement('div');
  return { view: new MarkdownView(root, TEXTS), root };
}

function blocksOf(root: HTMLElement): Element[] {
  return [...root.querySelectorAll(':scope > .group > *')];
}

function drawOnce(text: string): HTMLElement {
  const { view, root } = createView();
  view.finish(text);
  return root;
}

/** The order of attributes is no difference. */
function expectSame(actual: HTMLElement, expected: HTMLElement, how: string): void {
  if (actual.isEqualNode(expected)) return;
  expect(actual.innerHTML, how).to.equal(expected.innerHTML);
  expect.fail(`${how}: nodes differ although their HTML does not`);
}

describe('MarkdownView', () => {
  for (const [name, text] of Object.entries(DOCUMENTS)) {
    it(`draws "${name}" the same in pieces as at once`, () => {
      const whole = drawOnce(text);
      for (const size of [1, 2, 3, 7, 31]) {
        const { view, root } = createView();
        for (let end = size; end < text.length; end += size) view.update(text.slice(0, end));
        view.finish(text);
        expectSame(root, whole, `pieces of ${size}`);
      }
    });

    it(`draws "${name}" the same when cut anywhere`, () => {
      const whole = drawOnce(text);
      for (let cut = 0; cut < text.length; cut += 1) {
        const { view, root } = createView();
        view.update(text.slice(0, cut));
        view.finish(text);
        expectSame(root, whole, `cut at ${cut}`);
      }
    });
  }

  for (const [name, text] of Object.entries(DOCUMENTS)) {
    if (CORRECTED_AT_THE_END.has(name)) continue;
    it(`has "${name}" right before it is finished`, () => {
      const { view, root } = createView();
      for (let end = 1; end <= text.length; end += 1) view.update(text.slice(0, end));
      const before = blocksOf(root).slice(0, -1);
      const html = before.map((block) => block.outerHTML.replaceAll(' closed=""', ''));
      view.finish(text);
      const after = blocksOf(root).slice(0, before.length);
      expect(after.map((block) => block.outerHTML.replaceAll(' closed=""', ''))).to.deep.equal(
        html,
      );
      expect(after).to.deep.equal(before);
    });
  }

  it('draws all documents in one the same in pieces as at once', () => {
    const text = Object.values(DOCUMENTS).join('\n\n');
    const whole = drawOnce(text);
    const { view, root } = createView();
    for (let end = 5; end < text.length; end += 5) view.update(text.slice(0, end));
    view.finish(text);
    expectSame(root, whole, 'all in one');
  });

  it('draws a text that is not a growth of the last from its beginning', () => {
    const { view, root } = createView();
    view.update('# One\n\nTwo\n\nThree');
    view.update('Other\n\ntext');
    expectSame(root, drawOnce('Other\n\ntext'), 'replaced');
  });

  it('never touches a finished block again', () => {
    const text = `# Title\n\nA paragraph.\n\n\`\`\`js\ncode();\n\`\`\`\n\n- one\n- two\n- three\n\n| a |\n|---|\n| 1 |\n| 2 |\n\nThe end, in a paragraph that goes on.`;
    const { view, root } = createView();
    const finished = new Map<string, Node>();
    for (let end = 1; end <= text.length; end += 1) {
      view.update(text.slice(0, end));
      remember(finished, root, 'h1', end >= text.indexOf('A par') + 13);
      remember(finished, root, 'p', end >= text.indexOf('```js') + 6);
      remember(finished, root, 'cp-code-block', end >= text.indexOf('- one') + 6);
      remember(finished, root, 'li', end >= text.indexOf('- two') + 6);
      remember(finished, root, 'tbody tr', end >= text.indexOf('| 2 |') + 6);
    }
    view.finish(text);
    for (const [selector, node] of finished) {
      expect(root.querySelector(selector), selector).to.equal(node);
    }
    expect(finished.size).to.equal(5);
  });

  it('leaves finished blocks without a single mutation while the tail grows', async () => {
    const { view, root } = createView();
    const start = '# Title\n\nDone.\n\n- a\n- b\n\nTail\n';
    view.update(start);
    const seen: MutationRecord[] = [];
    const observer = new MutationObserver((records) => seen.push(...records));
    for (const block of blocksOf(root).slice(0, 3)) {
      observer.observe(block, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      });
    }
    for (let count = 0; count < 50; count += 1)
      view.update(`${start}${'more **words** '.repeat(count)}`);
    view.finish(`${start}${'more **words** '.repeat(50)}`);
    seen.push(...observer.takeRecords());
    expect(seen).to.deep.equal([]);
  });

  it('appends to the text of an open code block instead of replacing it', () => {
    const { view, root } = createView();
    view.update('```js\nconst a');
    const text = root.querySelector('code')?.firstElementChild?.firstChild;
    view.update('```js\nconst a = 1;\nconst b');
    view.update('```js\nconst a = 1;\nconst b = 2;\n```\n\nAfter\n\n');
    expect(root.querySelector('code')?.firstElementChild?.firstChild).to.equal(text);
    expect(root.querySelector('code')?.textContent).to.equal('const a = 1;\nconst b = 2;');
  });

  it('does not show the backticks that close a block while they come in', () => {
    const { view, root } = createView();
    for (const ending of ['\n', '\n`', '\n``', '\n```']) {
      view.update(`\`\`\`js\ncode();${ending}`);
      expect(root.querySelector('code')?.textContent).to.equal('code();');
    }
  });

  it('marks code blocks closed once they will not change', () => {
    const { view, root } = createView();
    view.update('```js\na\n```\n');
    view.update('```js\na\n```\n\nText\n\n```js\nb');
    const [first, second] = root.querySelectorAll('cp-code-block');
    expect(first?.hasAttribute('closed')).to.equal(true);
    expect(second?.hasAttribute('closed')).to.equal(false);
    view.finish('```js\na\n```\n\nText\n\n```js\nb');
    expect(second?.hasAttribute('closed')).to.equal(true);
  });
});

/** The first node that matches, from the moment on that it must be final. */
function remember(
  finished: Map<string, Node>,
  root: Element,
  selector: string,
  isFinal: boolean,
): void {
  const node = root.querySelector(selector);
  if (isFinal && node !== null && !finished.has(selector)) finished.set(selector, node);
}
