import { expect } from '@open-wc/testing';
import { DOCUMENTS } from './sample-documents.js';
import { MarkdownView } from './markdown-view.js';

const TEXTS = {
  showImage: (host: string): string => `Show image from ${host}`,
  taskDone: 'Done',
  taskOpen: 'To do',
};

function createView(): { view: MarkdownView; root: HTMLElement } {
  const root = document.createElement('div');
  return { view: new MarkdownView(root, TEXTS), root };
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
});
