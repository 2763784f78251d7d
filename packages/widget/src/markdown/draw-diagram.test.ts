import { expect } from '@open-wc/testing';
import { DIAGRAMS, UNDRAWN } from '../test-support/diagrams.js';
import { sanitiseDiagram } from './diagram-sanitiser.js';
import { drawDiagram } from './draw-diagram.js';

/** Where attacks send requests: this very server, so that asking for it is seen at once. */
const PROBE = `${location.origin}/diagram-probe`;

/** What a model may write where a diagram takes text, an id, a colour, a link or a setting. */
const ATTACKS: readonly string[] = [
  '<script>alert(1)</script>',
  `<img src=${PROBE}/a.png onerror=alert(1)>`,
  '"><script>alert(1)</script>',
  `'/><image href="${PROBE}/b.png" onload="alert(1)"/>`,
  '</text></svg><img src=x onerror=alert(1)>',
  '</style><script>alert(1)</script>',
  `<style>@import url(${PROBE}/c.css); *{fill:red}</style>`,
  '<foreignObject><iframe srcdoc="<script>alert(1)</script>"></iframe></foreignObject>',
  '<a href="javascript:alert(1)">x</a>',
  '<animate onbegin=alert(1) attributeName=x dur=1s>',
  '<use href="data:image/svg+xml,<svg onload=alert(1)>#x"/>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;img src=x onerror=alert(1)&#62;',
  'x" onload="alert(1)" y="',
  "x' onmouseover='alert(1)",
  `url(${PROBE}/d.svg#a)`,
  `red;background:url(${PROBE}/e.png)`,
  '#quot;><svg onload=alert(1)>',
  'javascript:alert(1)',
  '<math><mtext><style><img src onerror=alert(1)></style></mtext></math>',
];
const PLACES: readonly ((attack: string) => string)[] = [
  (attack) => `flowchart TD\n A[${attack}] --> B`,
  (attack) => `flowchart TD\n A["${attack}"] -->|"${attack}"| B`,
  (attack) => `flowchart TD\n ${attack} --> B`,
  (attack) => `flowchart TD\n A --> B\n style A fill:${attack},stroke:${attack}`,
  (attack) =>
    `flowchart TD\n A:::x --> B\n classDef x fill:${attack}\n linkStyle 0 stroke:${attack}`,
  (attack) => `flowchart TD\n A --> B\n click A "${attack}" "${attack}"`,
  (attack) => `flowchart TD\n A --> B\n click A call ${attack}()\n click B href "${attack}"`,
  (attack) => `flowchart TD\n subgraph ${attack} [${attack}]\n A --> B\n end`,
  (attack) =>
    `%%{init: {"theme": "base", "themeCSS": "${attack}", "securityLevel": "loose"}}%%\nflowchart TD\n A --> B`,
  (attack) => `---\ntitle: ${attack}\nconfig:\n  htmlLabels: true\n---\nflowchart TD\n A --> B`,
  (attack) =>
    `sequenceDiagram\n participant A as ${attack}\n A->>B: ${attack}\n Note over A: ${attack}`,
  (attack) => `sequenceDiagram\n A->>B: x\n link A: ${attack} @ ${attack}`,
  (attack) => `stateDiagram-v2\n [*] --> A : ${attack}\n state "${attack}" as B\n A --> B`,
  (attack) =>
    `classDiagram\n class A {\n +${attack}\n }\n A --> B : ${attack}\n cssClass "A" ${attack}`,
  (attack) => `erDiagram\n A ||--o{ B : "${attack}"\n A {\n string x "${attack}"\n }`,
  (attack) => `xychart-beta\n title "${attack}"\n x-axis ["${attack}", b]\n bar [1, 2]`,
];

const TAGS = /^(?:svg|g|defs|marker|text|tspan|circle|ellipse|line|path|polygon|polyline|rect)$/;
const ATTRIBUTE = /^(?:on|style|href|xlink|src|data|id$)/i;

function problemsIn(svg: Element): string[] {
  return [svg, ...svg.querySelectorAll('*')].flatMap((element) => [
    ...(TAGS.test(element.localName) ? [] : [`<${element.localName}>`]),
    ...[...element.attributes]
      .filter(({ name, value }) => {
        const isMarkerId = element.localName === 'marker' && name === 'id';
        return (ATTRIBUTE.test(name) && !isMarkerId) || /url\((?!#)|javascript|:\/\//i.test(value);
      })
      .map(({ name, value }) => `${element.localName} ${name}=${value}`),
  ]);
}

let runs = 0;
const originalAlert = window.alert;

describe('drawDiagram', () => {
  beforeEach(() => {
    runs = 0;
    window.alert = () => (runs += 1);
  });
  afterEach(() => {
    window.alert = originalAlert;
  });

  for (const [kind, source] of Object.entries(DIAGRAMS)) {
    it(`draws: ${kind}`, () => {
      const drawn = drawDiagram(source);
      expect(drawn?.svg.querySelectorAll('text').length).to.be.greaterThan(2);
      expect(drawn?.svg.getAttribute('viewBox')).to.match(/^0 0 \d/);
      expect(drawn && problemsIn(drawn.svg)).to.deep.equal([]);
    });
  }

  for (const [what, source] of Object.entries(UNDRAWN)) {
    it(`leaves as code: ${what}`, () => {
      expect(drawDiagram(source)).to.equal(null);
    });
  }

  it('shows every word of a label, and says the title', () => {
    const drawn = drawDiagram(DIAGRAMS.chart ?? '');
    expect(drawn?.title).to.equal('Sales');
    expect(drawDiagram(DIAGRAMS.thai ?? '')?.svg.textContent).to.include('ถูกต้องหรือไม่?');
  });

  it('has no colour but those of the theme', () => {
    const svg = drawDiagram(DIAGRAMS.flowchart ?? '')?.svg;
    const colours = [...(svg?.querySelectorAll('[fill], [stroke]') ?? [])].flatMap((element) => [
      element.getAttribute('fill'),
      element.getAttribute('stroke'),
    ]);
    for (const colour of colours) {
      if (colour !== null) expect(colour).to.match(/^(?:none|var\(--[\w-]+\))$/);
    }
  });

  let drawnAttacks = 0;
  for (const place of PLACES) {
    it(`lets nothing but shapes and text out of ${JSON.stringify(place('ATTACK'))}`, async () => {
      performance.clearResourceTimings();
      const stage = document.createElement('div');
      document.body.append(stage);
      for (const attack of ATTACKS) {
        const drawn = drawDiagram(place(attack));
        if (drawn === null) continue;
        drawnAttacks += 1;
        stage.append(drawn.svg);
        expect(problemsIn(drawn.svg), attack).to.deep.equal([]);
      }
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const entries = performance.getEntriesByType('resource');
      expect(entries.filter(({ name }) => name.includes(PROBE))).to.deep.equal([]);
      expect(runs).to.equal(0);
      stage.remove();
    });
  }

  it('has met the attacks in drawings, not only in what stays code', () => {
    expect(drawnAttacks).to.be.greaterThan(100);
  });
});

describe('sanitiseDiagram', () => {
  it('takes out whatever a renderer should let through', async () => {
    const svg = sanitiseDiagram(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="alert(1)" style="x:y">` +
        `<style>@import url(${PROBE}/f.css)</style><script>alert(1)</script>` +
        `<rect id="a" fill="url(${PROBE}/g.svg#a)" stroke="red;x" width="9" onclick="alert(1)"/>` +
        `<image href="${PROBE}/h.png"/><a href="javascript:alert(1)"><text>in a link</text></a>` +
        `<use href="${PROBE}/i.svg#x"/><path marker-end="url(${PROBE}/j.svg#m)" d="M0,0 L1,1"/>` +
        `<foreignObject><img src="${PROBE}/k.png"></foreignObject><text class="mono">t</text></svg>`,
    );
    expect(svg && problemsIn(svg)).to.deep.equal([]);
    expect(svg?.getAttribute('viewBox')).to.equal('0 0 9 9');
    expect(svg?.querySelector('rect')?.getAttribute('fill')).to.equal('none');
    expect(svg?.querySelector('path')?.getAttribute('d')).to.equal('M0,0 L1,1');
    expect(svg?.querySelector('.mono')?.textContent).to.equal('t');
  });

  it('would be noticed: the detector sees what is bad', () => {
    const bad = document.createElement('div');
    bad.innerHTML = `<svg onload="1"><a href="#x"></a><rect style="a:b" fill="url(https://a.example)"/></svg>`;
    const svg = bad.querySelector('svg');
    expect(svg && problemsIn(svg)).to.have.length(5);
  });
});
