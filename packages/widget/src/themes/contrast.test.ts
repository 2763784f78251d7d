import { expect, fixture, html } from '@open-wc/testing';
import type { Theme } from './theme.js';
import '../define.js';

/** WCAG AA: text, and what must be seen to use a control. */
const TEXT = 4.5;
const EDGE = 3;

const PAIRS: readonly [front: string, back: string, least: number][] = [
  ...['bg', 'surface', 'surface-raised', 'surface-hover', 'code-bg', 'accent-soft'].map(
    (back) => ['text', back, TEXT] as [string, string, number],
  ),
  ...['bg', 'surface', 'surface-raised', 'surface-hover'].map(
    (back) => ['text-muted', back, TEXT] as [string, string, number],
  ),
  ['accent', 'bg', TEXT],
  ['accent', 'surface', TEXT],
  ['accent', 'surface-raised', TEXT],
  ['accent-text', 'accent', TEXT],
  ['accent-text', 'accent-hover', TEXT],
  ['danger', 'bg', TEXT],
  ['danger', 'danger-soft', TEXT],
  ['danger', 'surface-raised', TEXT],
  ['success', 'bg', TEXT],
  ['warning', 'warning-soft', TEXT],
  ['tooltip-text', 'tooltip-bg', TEXT],
  ['border-strong', 'bg', EDGE],
  ['focus-ring', 'bg', EDGE],
  ['focus-ring', 'surface', EDGE],
];

/** A colour as the browser paints it, in 0 to 255. */
function channels(colour: string): [number, number, number] {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) throw new Error('There is no canvas to paint on.');
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

/** Relative luminance as WCAG 2 defines it. */
function luminance(colour: string): number {
  const [red, green, blue] = channels(colour).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

async function openWith(theme: Theme): Promise<(name: string) => string> {
  const element = await fixture(
    html`<chat-playground theme=${theme} layout="panel"></chat-playground>`,
  );
  const probe = document.createElement('span');
  element.shadowRoot?.append(probe);
  return (name) => {
    probe.style.color = `var(--cp-color-${name})`;
    return getComputedStyle(probe).color;
  };
}

async function link(name: string): Promise<HTMLStyleElement> {
  const response = await fetch(new URL(`../../themes/${name}.css`, import.meta.url));
  const sheet = document.createElement('style');
  sheet.textContent = await response.text();
  document.head.append(sheet);
  return sheet;
}

for (const name of ['default', 'forest', 'ember', 'contrast']) {
  describe(`the ${name} theme`, () => {
    let sheet: HTMLStyleElement | null = null;
    before(async () => {
      if (name !== 'default') sheet = await link(name);
    });
    after(() => sheet?.remove());

    for (const theme of ['light', 'dark'] as const) {
      it(`has contrast enough, ${theme}`, async () => {
        const colourOf = await openWith(theme);
        const poor = PAIRS.map(([front, back, least]) => {
          const ratio = contrast(colourOf(front), colourOf(back));
          return { pair: `${front} on ${back}`, ratio: Math.floor(ratio * 100) / 100, least };
        }).filter(({ ratio, least }) => ratio < least);
        expect(poor).to.deep.equal([]);
      });
    }
  });
}

it('takes a theme’s colours, light and dark, without a word of script', async () => {
  const sheet = await link('forest');
  expect(channels((await openWith('light'))('accent'))).to.deep.equal([0x14, 0x69, 0x3f]);
  expect(channels((await openWith('dark'))('accent'))).to.deep.equal([0x7f, 0xd8, 0xa4]);
  sheet.remove();
});
