import createDOMPurify, { type Config, type DOMPurify } from 'dompurify';

const SHAPES = ['circle', 'ellipse', 'g', 'line', 'path', 'polygon', 'polyline', 'rect'];
const NUMBERS = [
  ...['cx', 'cy', 'd', 'dx', 'dy', 'height', 'points', 'r', 'rx', 'ry', 'transform', 'viewbox'],
  ...['width', 'x', 'x1', 'x2', 'y', 'y1', 'y2', 'markerheight', 'markerwidth', 'refx', 'refy'],
  ...['opacity', 'stroke-dasharray', 'stroke-width', 'letter-spacing'],
];
const WORDS = [
  ...['font-size', 'font-style', 'font-weight', 'orient', 'stroke-linecap', 'stroke-linejoin'],
  ...['text-anchor', 'text-decoration', 'markerunits'],
];
const COLOURS = ['fill', 'stroke'];
const MARKERS = ['marker-end', 'marker-start'];

/** What an attribute may hold. Nothing names an address: no attribute can ask for one. */
const VALUES: readonly [names: readonly string[], pattern: RegExp][] = [
  [NUMBERS, /^(?:(?:translate|rotate|scale)\([-\d., ]+\)|[-\d.,\sMmLlHhVvCcSsQqTtAaZz])+$/],
  [WORDS, /^[\w. -]{1,40}$/],
  [COLOURS, /^(?:none|var\(--[\w-]{1,40}\))$/],
  [MARKERS, /^url\(#[\w-]{1,60}\)$/],
  [['id'], /^[\w-]{1,60}$/],
  [['class'], /^[\w -]{1,80}$/],
];
const ALLOWED = new Map(VALUES.flatMap(([names, value]) => names.map((name) => [name, value])));

const CONFIG: Config & { RETURN_DOM_FRAGMENT: true } = {
  ALLOWED_TAGS: ['svg', 'defs', 'marker', 'text', 'tspan', ...SHAPES],
  ALLOWED_ATTR: [...ALLOWED.keys(), 'viewBox', 'markerWidth', 'markerHeight', 'refX', 'refY'],
  ALLOW_ARIA_ATTR: false,
  // The names of what is drawn: read by whoever checks the drawing, who then takes them away.
  ALLOW_DATA_ATTR: true,
  RETURN_DOM_FRAGMENT: true,
};
const STYLES = /<style>[\s\S]*?<\/style>|(?<=^<svg [^>]*) style="[^"]*"/g;
const NOTHING = 'none';

let purifier: DOMPurify | undefined;

/**
 * Turns SVG that was made from a model's text into nodes that can do no harm: shapes and text, with
 * numbers, and colours by the names of custom properties. No style, no link, no address, no script.
 *
 * @returns null when there is no drawing
 */
export function sanitiseDiagram(svg: string): SVGSVGElement | null {
  purifier ??= createPurifier();
  // A strict policy reports styles even where they are about to be dropped.
  const fragment = purifier.sanitize(svg.replace(STYLES, ''), CONFIG);
  const drawing = fragment.querySelector('svg');
  return drawing === null ? null : document.adoptNode(drawing);
}

/** Its own instance: markdown's rules are others, and hooks on a shared one would meet. */
function createPurifier(): DOMPurify {
  const instance = createDOMPurify(window);
  instance.setConfig(CONFIG);
  instance.addHook('uponSanitizeAttribute', (node, data) => {
    const name = data.attrName.toLowerCase();
    if (name.startsWith('data-')) return;
    if (name === 'id' && node.localName !== 'marker') data.keepAttr = false;
    const isAllowed = ALLOWED.get(name)?.test(data.attrValue) === true;
    // Without a colour a shape would be black.
    if (!isAllowed && COLOURS.includes(name)) data.attrValue = NOTHING;
    else if (!isAllowed) data.keepAttr = false;
  });
  return instance;
}
