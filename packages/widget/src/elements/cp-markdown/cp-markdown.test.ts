import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../define-conversation.js';
import type { CpMarkdown } from './cp-markdown.js';

async function render(text: string, streaming = false): Promise<CpMarkdown> {
  return fixture<CpMarkdown>(
    html`<cp-markdown .text=${text} ?streaming=${streaming}></cp-markdown>`,
  );
}

function content(element: CpMarkdown): HTMLElement {
  const root = element.shadowRoot?.querySelector<HTMLElement>('.content');
  if (root === null || root === undefined) throw new Error('not rendered');
  return root;
}

/** Shows more text the way a conversation does, and waits until it is drawn. */
async function grow(element: CpMarkdown, text: string): Promise<void> {
  element.text = text;
  await element.updateComplete;
  await paced();
}

/** Past the pause between two paints, whose timer is shorter and was set before this one. */
async function paced(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 20));
}

function selectIn(node: Node, start: number, end: number): void {
  getSelection()?.setBaseAndExtent(node, start, node, end);
}

/** What is selected in a shadow tree, as the reader sees it. */
function selectedText(element: CpMarkdown): string {
  const root = element.shadowRoot;
  if (root === null) return '';
  const range = getSelection()?.getComposedRanges({ shadowRoots: [root] })[0];
  if (range === undefined) return '';
  const live = document.createRange();
  live.setStart(range.startContainer, range.startOffset);
  live.setEnd(range.endContainer, range.endOffset);
  return live.toString();
}

const DOCUMENT = `# Title

Text with a [link](https://a.example) and \`code\`.

- [x] done
- [ ] open

| a | b |
|---|---|
| 1 | 2 |

\`\`\`ts
const a = 1;
\`\`\`

![picture](https://img.example/a.png)
`;

describe('<cp-markdown>', () => {
  it('is accessible', async () => {
    const element = await render(DOCUMENT);
    await expect(element).to.be.accessible();
  });

  it('opens links in a new tab without telling where from', async () => {
    const link = content(await render('[x](https://a.example)')).querySelector('a');
    expect(link?.target).to.equal('_blank');
    expect(link?.rel).to.equal('noopener noreferrer nofollow');
  });

  it('makes relative links inert', async () => {
    const link = content(await render('[x](/somewhere)')).querySelector('a');
    expect(link?.hasAttribute('href')).to.equal(false);
  });

  it('gives no room to a block of which nothing is left, until it has something to show', async () => {
    const element = await render('Before\n\n<blockquote>', true);
    const block = content(element).querySelector('blockquote');
    expect(block?.getClientRects()).to.have.length(0);
    await grow(element, 'Before\n\n<blockquote>some words');
    expect(content(element).querySelector('blockquote')?.getClientRects()).to.have.length(1);
  });

  it('shows tags it does not know as text', async () => {
    const element = await render('An Array<string> of <Things>');
    expect(content(element).textContent).to.equal('An Array<string> of <Things>');
  });

  it('loads a remote image only when the reader agrees', async () => {
    const element = await render(`![A cat](${location.origin}/cat.png)`);
    expect(content(element).querySelector('img')).to.equal(null);
    const button = content(element).querySelector('button');
    expect(button?.textContent).to.equal(`Show image from ${location.host}`);
    button?.click();
    const image = content(element).querySelector('img');
    expect(image?.src).to.equal(`${location.origin}/cat.png`);
    expect(image?.alt).to.equal('A cat');
    expect(image?.referrerPolicy).to.equal('no-referrer');
  });

  it('keeps an image the reader agreed to while the text after it grows', async () => {
    const start = `![A cat](${location.origin}/cat.png) and`;
    const element = await render(start, true);
    content(element).querySelector('button')?.click();
    const image = content(element).querySelector('img');
    await grow(element, `${start} more`);
    expect(content(element).querySelector('img')).to.equal(image);
    expect(content(element).textContent).to.include('more');
  });

  it('keeps a selection in a finished block while text streams', async () => {
    const element = await render('First paragraph.\n\nSecond', true);
    const text = content(element).querySelector('p')?.firstChild;
    if (text === null || text === undefined) throw new Error('no text');
    selectIn(text, 6, 15);
    for (let count = 1; count < 20; count += 1) {
      await grow(element, `First paragraph.\n\nSecond${' **more** words'.repeat(count)}`);
    }
    expect(selectedText(element)).to.equal('paragraph');
  });

  it('keeps a selection in the very paragraph that grows', async () => {
    const element = await render('Some words here', true);
    const text = content(element).querySelector('p')?.firstChild;
    if (text === null || text === undefined) throw new Error('no text');
    selectIn(text, 5, 10);
    let source = 'Some words here';
    for (const piece of [' and', ' more', ' **bo', 'ld** te', 'xt\nnext line']) {
      source += piece;
      await grow(element, source);
    }
    expect(selectedText(element)).to.equal('words');
  });

  it('keeps a selection in a code block that grows', async () => {
    const element = await render('```js\nconst one = 1;\n', true);
    const text = content(element).querySelector('.code-chunk')?.firstChild;
    if (text === null || text === undefined) throw new Error('no text');
    selectIn(text, 6, 9);
    let source = '```js\nconst one = 1;\n';
    for (let line = 0; line < 120; line += 1) {
      source += `const line${line} = ${line};\n`;
      await grow(element, source);
    }
    expect(selectedText(element)).to.equal('one');
  });

  it('draws at most once a frame', async () => {
    const element = await render('a', true);
    await paced();
    let changes = 0;
    const observer = new MutationObserver(() => (changes += 1));
    observer.observe(content(element), { subtree: true, childList: true, characterData: true });
    for (let count = 0; count < 50; count += 1) {
      element.text += ' word';
      await element.updateComplete;
    }
    expect(changes).to.be.at.most(1);
    await paced();
    expect(content(element).textContent).to.equal(`a${' word'.repeat(50)}`);
    observer.disconnect();
  });

  it('highlights a code block once its fence has closed', async () => {
    const element = await render('```js\nconst a = 1;', true);
    expect(content(element).querySelector('.hljs-keyword')).to.equal(null);
    const highlighted = oneEvent(element, 'cp-highlighted');
    await grow(element, '```js\nconst a = 1;\n```\n\nAfter\n');
    await highlighted;
    expect(content(element).querySelector('.hljs-keyword')?.textContent).to.equal('const');
    expect(content(element).querySelector('code')?.textContent).to.equal('const a = 1;');
  });

  it('keeps the highlighting when the text ends', async () => {
    const source = '```js\nconst a = 1;\n```\n\nAfter\n';
    const element = await render(source, true);
    await oneEvent(element, 'cp-highlighted');
    const keyword = content(element).querySelector('.hljs-keyword');
    element.streaming = false;
    await element.updateComplete;
    expect(content(element).querySelector('.hljs-keyword')).to.equal(keyword);
  });

  it('leaves code in a language it does not know as it is', async () => {
    const element = await render('```nosuchlanguage\nx <b> y\n```');
    expect(content(element).querySelector('code')?.textContent).to.equal('x <b> y');
  });

  it('leads from a reference to its footnote', async () => {
    const element = await render('A claim[^src].\n\n[^src]: The source.');
    const button = content(element).querySelector<HTMLElement>('.footnote-ref button');
    expect(button?.getAttribute('aria-label')).to.equal('Footnote src');
    button?.click();
    expect(element.shadowRoot?.activeElement?.textContent).to.include('The source.');
    await expect(element).to.be.accessible();
  });

  it('draws formulas once their block is finished, and keeps them', async () => {
    const source = 'With $x^2$ it is:\n\n$$\n\\frac{1}{2}\n$$\n\nIt costs $5 or $6.\n\n';
    const element = await render(source, true);
    await waitFor(() => content(element).querySelectorAll('math').length === 2);
    const [formula] = content(element).querySelectorAll('math');
    expect(formula?.querySelector('annotation')?.textContent).to.equal('x^2');
    element.streaming = false;
    await element.updateComplete;
    expect(content(element).querySelector('math')).to.equal(formula);
    expect(content(element).textContent).to.include('It costs $5 or $6.');
    expect(content(element).querySelector('[style], [href], a, img')).to.equal(null);
  });

  it('draws a formula once, however often its document is drawn meanwhile', async () => {
    const element = await render('A $x^2$ here.\n\nMore\n\nEnd\n');
    await waitFor(() => content(element).querySelector('math') !== null);
    // Whoever else had asked for it has been answered by then.
    await paced();
    const sources = [...content(element).querySelectorAll('annotation')];
    expect(sources.map((source) => source.textContent)).to.deep.equal(['x^2']);
  });

  it('leaves a formula it cannot draw as it is', async () => {
    const element = await render('$\\nosuchthing{$ and $y$');
    await waitFor(() => content(element).querySelector('math') !== null);
    expect(content(element).querySelector('.math')?.textContent).to.equal('\\nosuchthing{');
  });

  it('lets nothing but mathematics out of a formula', async () => {
    const attacks = [
      '\\href{javascript:alert(1)}{x}',
      '\\includegraphics{//a.example/x.png}',
      '\\htmlStyle{color:red}{x}',
      '\\url{javascript:alert(1)}',
      '\\htmlData{a=b}{x}',
    ];
    const element = await render(`${attacks.map((attack) => `$${attack}$`).join(' ')} $y$`);
    await waitFor(() => content(element).querySelector('math') !== null);
    const found = content(element).querySelectorAll(
      'a, img, [href], [src], [onclick], [data-a], script',
    );
    expect([...found]).to.deep.equal([]);
  });
});

async function waitFor(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => requestAnimationFrame(resolve));
}
