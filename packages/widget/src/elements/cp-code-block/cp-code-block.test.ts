import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../define-conversation.js';
import { fillCode } from '../../markdown/code-text.js';
import { until } from '../../test-support/until.js';
import type { CpCodeBlock } from './cp-code-block.js';

async function render(code: string, language: string, closed = true): Promise<CpCodeBlock> {
  const element = await fixture<CpCodeBlock>(
    html`<cp-code-block language=${language}>
      <pre tabindex="0"><code></code></pre>
    </cp-code-block>`,
  );
  fillCode(codeOf(element), code);
  element.closed = closed;
  await element.updateComplete;
  return element;
}

function codeOf(element: CpCodeBlock): HTMLElement {
  const code = element.querySelector('code');
  if (code === null) throw new Error('no code');
  return code;
}

function tool(element: CpCodeBlock, label: string): HTMLButtonElement {
  const button = element.shadowRoot?.querySelector<HTMLButtonElement>(`[aria-label="${label}"]`);
  if (button === null || button === undefined) throw new Error(`no button "${label}"`);
  return button;
}

/** The clipboard asks for a permission that a test's page has not got. */
function replaceClipboard(writeText?: (text: string) => Promise<void>): () => void {
  const original = Object.getOwnPropertyDescriptor(navigator, 'clipboard');
  Object.defineProperty(navigator, 'clipboard', {
    configurable: true,
    value: writeText && { writeText },
  });
  return () => {
    if (original === undefined) Reflect.deleteProperty(navigator, 'clipboard');
    else Object.defineProperty(navigator, 'clipboard', original);
  };
}

describe('<cp-code-block>', () => {
  it('is accessible', async () => {
    await expect(await render('const a = 1;', 'ts')).to.be.accessible();
  });

  it('names the language', async () => {
    const element = await render('a', 'ts');
    expect(element.shadowRoot?.querySelector('.language')?.textContent).to.equal('TypeScript');
  });

  it('highlights to the same text, in boxes of lines', async () => {
    const code = `/*\n${'a comment over many lines\n'.repeat(120)}*/\nconst a = "<b>&amp;'\\"</b>";`;
    const element = await render(code, 'js', false);
    const highlighted = oneEvent(element, 'cp-highlighted');
    element.closed = true;
    await highlighted;
    expect(codeOf(element).textContent).to.equal(code);
    expect(codeOf(element).children).to.have.length(3);
    expect(codeOf(element).querySelectorAll('.hljs-comment')).to.have.length(3);
  });

  it('copies the code', async () => {
    let copied = '';
    const restore = replaceClipboard(async (text) => void (copied = text));
    const element = await render('line 1\nline 2', 'js');
    tool(element, 'Copy code').click();
    await until(() => element.shadowRoot?.querySelector('.done') !== null);
    restore();
    expect(copied).to.equal('line 1\nline 2');
    expect(tool(element, 'Copied')).to.be.an('htmlbuttonelement');
  });

  it('copies without a clipboard, as on a page without TLS, also in a modal dialog', async () => {
    const original = document.execCommand.bind(document);
    let copied = '';
    // The test page has no gesture of a person, which the command wants.
    document.execCommand = () => {
      const field = document.activeElement;
      copied = field instanceof HTMLTextAreaElement ? field.value : 'nothing is selected';
      return true;
    };
    const restore = replaceClipboard();
    const dialog = document.createElement('dialog');
    for (const isModal of [false, true]) {
      copied = '';
      const element = await render('a < b\n', 'js');
      if (isModal) {
        element.before(dialog);
        dialog.append(element);
        dialog.showModal();
      }
      await element.updateComplete;
      const button = tool(element, 'Copy code');
      button.focus();
      button.click();
      await until(() => copied !== '');
      expect(copied).to.equal('a < b\n');
      await until(() => element.shadowRoot?.querySelector('.done') !== null);
      element.remove();
    }
    restore();
    document.execCommand = original;
    dialog.remove();
  });

  it('says so when the clipboard refuses', async () => {
    const restore = replaceClipboard(() => Promise.reject(new Error('denied')));
    const element = await render('a', 'js');
    const toast = oneEvent(element, 'cp-toast');
    tool(element, 'Copy code').click();
    expect((await toast).detail.kind).to.equal('error');
    restore();
  });

  it('wraps long lines on demand', async () => {
    const element = await render('a', 'js');
    tool(element, 'Wrap lines').click();
    await element.updateComplete;
    expect(element.hasAttribute('wrap')).to.equal(true);
    expect(tool(element, 'Wrap lines').getAttribute('aria-pressed')).to.equal('true');
  });

  it('leaves code alone that is too long to be highlighted in one go', async () => {
    const code = 'const a = 1;\n'.repeat(2_000);
    const element = await render(code, 'js');
    const { highlight } = await import('../../markdown/highlight.js');
    expect(await highlight(code, 'js')).to.equal(null);
    expect(codeOf(element).querySelector('.hljs-keyword')).to.equal(null);
  });

  it('draws a diagram in place of its code, and shows the code when asked', async () => {
    const element = await render('flowchart LR\n  A[One] --> B[Two]', 'mermaid', false);
    const drawn = oneEvent(element, 'cp-drawn');
    element.closed = true;
    await drawn;
    await element.updateComplete;
    const diagram = element.shadowRoot?.querySelector('cp-diagram');
    await diagram?.updateComplete;
    expect(diagram?.shadowRoot?.querySelector('[role="img"]')?.getAttribute('aria-label')).to.equal(
      'Diagram',
    );
    expect(diagram?.shadowRoot?.querySelector('svg')?.textContent).to.include('Two');
    expect(codeOf(element).checkVisibility()).to.equal(false);
    await expect(element).to.be.accessible();
    const button = element.shadowRoot?.querySelector<HTMLElement>('.switch');
    expect(button?.textContent?.trim()).to.equal('Code');
    button?.click();
    await element.updateComplete;
    expect(codeOf(element).checkVisibility()).to.equal(true);
    expect(element.shadowRoot?.querySelector('cp-diagram')).to.equal(null);
    button?.click();
    await element.updateComplete;
    expect(codeOf(element).checkVisibility()).to.equal(false);
  });

  it('copies a diagram as its code', async () => {
    const source = 'flowchart LR\n  A --> B';
    const element = await render(source, 'mermaid', false);
    const drawn = oneEvent(element, 'cp-drawn');
    element.closed = true;
    await drawn;
    let copied = '';
    const restore = replaceClipboard(async (text) => {
      copied = text;
    });
    await element.updateComplete;
    tool(element, 'Copy code').click();
    restore();
    expect(copied).to.equal(source);
  });

  it('leaves what is no diagram as code', async () => {
    const element = await render('flowchart LR\n  A[One --> B{', 'mermaid', false);
    const tried = oneEvent(element, 'cp-drawn');
    element.closed = true;
    await tried;
    await element.updateComplete;
    expect(codeOf(element).checkVisibility()).to.equal(true);
    expect(element.shadowRoot?.querySelector('.switch')).to.equal(null);
  });

  it('draws anew when the code has changed', async () => {
    const element = await render('flowchart LR\n  A[One] --> B', 'mermaid', false);
    let drawn = oneEvent(element, 'cp-drawn');
    element.closed = true;
    await drawn;
    drawn = oneEvent(element, 'cp-drawn');
    fillCode(codeOf(element), 'flowchart LR\n  A[Other] --> B');
    await drawn;
    await element.updateComplete;
    const diagram = element.shadowRoot?.querySelector('cp-diagram');
    await diagram?.updateComplete;
    expect(diagram?.shadowRoot?.querySelector('svg')?.textContent).to.include('Other');
  });
});
