import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../define-conversation.js';
import { DIAGRAMS } from '../../test-support/diagrams.js';
import type { CpDiagram } from './cp-diagram.js';

/** From here on the page refuses every style that is not made by script. */
function refuseInlineStyles(): void {
  const meta = document.createElement('meta');
  meta.httpEquiv = 'Content-Security-Policy';
  meta.content = "style-src 'self'; img-src 'self'; object-src 'none'";
  document.head.append(meta);
}

function listen(): { complaints: string[]; stop(): void } {
  const complaints: string[] = [];
  const hear = (event: SecurityPolicyViolationEvent): void => {
    complaints.push(`${event.effectiveDirective} ${event.sample}`);
  };
  document.addEventListener('securitypolicyviolation', hear);
  return {
    complaints,
    stop: () => document.removeEventListener('securitypolicyviolation', hear),
  };
}

async function frame(): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

async function draw(source: string): Promise<CpDiagram> {
  const element = await fixture<HTMLElement>(
    html`<cp-code-block language="mermaid">
      <pre tabindex="0"><code></code></pre>
    </cp-code-block>`,
  );
  const code = element.querySelector('code');
  code?.append(source);
  const drawn = oneEvent(element, 'cp-drawn');
  element.setAttribute('closed', '');
  await drawn;
  await frame();
  const diagram = element.shadowRoot?.querySelector('cp-diagram');
  if (diagram === null || diagram === undefined) throw new Error('not drawn');
  return diagram;
}

function scrollerOf(diagram: CpDiagram): HTMLElement {
  const scroller = diagram.shadowRoot?.querySelector<HTMLElement>('.scroller');
  if (scroller === null || scroller === undefined) throw new Error('not rendered');
  return scroller;
}

describe('<cp-diagram>', () => {
  it('is accessible, and called what its author calls it', async () => {
    const diagram = await draw(DIAGRAMS.chart ?? '');
    expect(scrollerOf(diagram).getAttribute('aria-label')).to.equal('Diagram: Sales');
    await expect(diagram).to.be.accessible();
  });

  it('keeps the name of a person off the line of the first message', async () => {
    const source = 'sequenceDiagram\n  actor U as Jenny\n  participant S as Server\n  U->>S: Ask';
    const scroller = scrollerOf(await draw(source));
    const name = scroller.querySelector('.actor > g + text')?.getBoundingClientRect();
    const line = scroller.querySelector('.message line')?.getBoundingClientRect();
    expect(name?.bottom).to.be.lessThan(line?.top ?? 0);
  });

  it('is drawn smaller where there is less room, and scrolls before it is too small', async () => {
    const diagram = await draw(DIAGRAMS.groups ?? '');
    const svg = diagram.shadowRoot?.querySelector('svg');
    const natural = Number.parseFloat(svg?.getAttribute('width') ?? '0');
    diagram.style.inlineSize = '300px';
    expect(svg?.getBoundingClientRect().width).to.be.closeTo(natural * 0.8, 1);
    expect(scrollerOf(diagram).scrollWidth).to.be.greaterThan(300);
    expect(diagram.getBoundingClientRect().width).to.equal(300);
  });

  it('takes its colours from the theme', async () => {
    const diagram = await draw(DIAGRAMS.flowchart ?? '');
    diagram.style.setProperty('--cp-color-text', 'rgb(1, 2, 3)');
    diagram.style.setProperty('--cp-color-accent-soft', 'rgb(4, 5, 6)');
    const node = diagram.shadowRoot?.querySelector('.node');
    expect(getComputedStyle(node?.querySelector('text') ?? diagram).fill).to.equal('rgb(1, 2, 3)');
    expect(getComputedStyle(node?.querySelector('rect') ?? diagram).fill).to.equal('rgb(4, 5, 6)');
  });

  it('breaks no policy that refuses styles in a page', async () => {
    refuseInlineStyles();
    const { complaints, stop } = listen();
    for (const source of Object.values(DIAGRAMS))
      ((await draw(source)).getRootNode() as ShadowRoot).host.remove();
    expect(complaints).to.deep.equal([]);
    // The policy works: a style in the page is refused, and heard of.
    const refused = oneEvent(document, 'securitypolicyviolation');
    const style = document.createElement('style');
    style.append('a { color: red }');
    document.body.append(style);
    await refused;
    stop();
  });
});
