import { expect } from '@open-wc/testing';
import { find, get, openPlayground } from '../../test-support/open-playground.js';
import type { ChatPlayground, Layout } from './chat-playground.js';

/** Every inherited property, with a value that would be seen. */
const HOSTILE = `
  white-space: pre-wrap; text-align: right; letter-spacing: 4px; word-spacing: 9px;
  line-height: 4; text-indent: 40px; text-transform: uppercase; font: italic 700 30px serif;
  font-variant: small-caps; font-stretch: expanded; color: red; cursor: crosshair;
  list-style: square inside; quotes: "<" ">"; hyphens: auto; tab-size: 20; word-break: break-all;
  overflow-wrap: anywhere; user-select: none; pointer-events: none; text-shadow: 2px 2px red;
  -webkit-text-stroke: 2px red; text-wrap: nowrap;
  border-collapse: collapse; border-spacing: 9px; caption-side: bottom; empty-cells: hide;
  orphans: 9; widows: 9; caret-color: red; accent-color: red; text-orientation: upright;
  text-emphasis: dot; text-underline-offset: 9px; text-rendering: geometricPrecision;
  image-rendering: pixelated; font-feature-settings: "smcp"; font-kerning: none; line-break: anywhere;
`;

async function open(layout: Layout, style: string): Promise<ChatPlayground> {
  const { element } = await openPlayground({ layout, width: '900px', height: '500px' });
  const parent = element.parentElement;
  if (parent !== null)
    parent.style.cssText += `;block-size: 500px; height: 500px; width: 900px; ${style}`;
  await element.updateComplete;
  return element;
}

/** All computed styles of all that the widget draws. */
function stylesWithin(root: ParentNode): [element: Element, styles: string[]][] {
  return [...root.querySelectorAll('*')].flatMap((element) => [
    [
      element,
      [...getComputedStyle(element)].map(
        (name) => `${name}: ${getComputedStyle(element).getPropertyValue(name)}`,
      ),
    ] as [Element, string[]],
    ...(element.shadowRoot === null ? [] : stylesWithin(element.shadowRoot)),
  ]);
}

describe('<chat-playground> in a page with styles of its own', () => {
  for (const layout of ['panel', 'full'] as const) {
    it(`looks the same whatever the page has it inherit, in layout ${layout}`, async () => {
      const styles: [Element, string[]][][] = [];
      for (const style of ['', HOSTILE]) {
        const element = await open(layout, style);
        await document.fonts.ready;
        if (element.shadowRoot !== null) styles.push(stylesWithin(element.shadowRoot));
        element.remove();
      }
      const [neutral = [], hostile = []] = styles;
      expect(hostile.length).to.equal(neutral.length);
      const differences = neutral.flatMap(([element, expected], index) => {
        const found = hostile[index]?.[1] ?? [];
        return expected
          .filter((text) => !found.includes(text))
          .map((text) => `${element.localName}.${element.className}: ${text}`);
      });
      expect(differences).to.deep.equal([]);
    });
  }

  it('fills its element where the page preserves white space', async () => {
    const element = await open('panel', 'white-space: pre-wrap');
    const stage = element.shadowRoot?.querySelector('.stage')?.getBoundingClientRect();
    const { top, height } = element.getBoundingClientRect();
    expect(stage?.top).to.equal(top + 1);
    expect(stage?.height).to.equal(height - 2);
    expect(get(element, 'cp-composer').checkVisibility()).to.equal(true);
    expect(find(element, '.fine-print')?.checkVisibility()).to.equal(true);
  });
});
