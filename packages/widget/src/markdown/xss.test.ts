import { expect } from '@open-wc/testing';
import { ALLOWED_TAGS } from './allowed-html.js';
import { MarkdownView } from './markdown-view.js';
import corpus from './xss-corpus.json' with { type: 'json' };

const TEXTS = {
  showImage: (host: string): string => `Show image from ${host}`,
  footnote: (label: string): string => `Footnote ${label}`,
  taskDone: 'Done',
  taskOpen: 'To do',
};
/** Where payloads send requests: this very server, so that asking for it is seen at once. */
const PROBE_PATH = '/xss-probe';
const PAYLOADS = corpus.map((payload) =>
  payload.replaceAll('HOST', `${location.host}${PROBE_PATH}`),
);
/** Payloads cut at every place; the others are cut at this many. */
const CUT_EVERYWHERE = 25;
const CUTS = 6;

const ALLOWED = new Set([...ALLOWED_TAGS, 'cp-code-block', 'button']);
const ALLOWED_HREF = /^(?:https?:|mailto:)/i;
const GENERATED_IMAGE_SOURCE = /^data:image\/(?:png|jpeg|gif|webp)[;,]/i;
const FORBIDDEN_ATTRIBUTE =
  /^(?:on|style$|id$|name$|srcset|srcdoc|form|action|background|poster|xlink)/i;

let scriptRuns = 0;
let stage: HTMLElement;
const originalAlert = window.alert;

beforeEach(() => {
  scriptRuns = 0;
  window.alert = () => {
    scriptRuns += 1;
  };
  performance.clearResourceTimings();
  performance.setResourceTimingBufferSize(10_000);
  stage = document.createElement('div');
  document.body.append(stage);
});

afterEach(() => {
  stage.remove();
  window.alert = originalAlert;
});

function probeRequests(): number {
  const entries = performance.getEntriesByType('resource');
  return entries.filter(({ name }) => name.includes(PROBE_PATH)).length;
}

/** Whatever was to load or fail before this has done so when a picture asked for last has failed. */
async function settle(): Promise<void> {
  await new Promise((resolve) => {
    const last = new Image();
    last.onerror = last.onload = resolve;
    last.src = `/settled-${Math.random()}.png`;
    stage.append(last);
  });
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

function problemsIn(root: ParentNode): string[] {
  return [...root.querySelectorAll('*')].flatMap((element) => [
    ...(ALLOWED.has(element.localName) ? [] : [`<${element.localName}>`]),
    ...[...element.attributes].flatMap(({ name, value }) => problemOf(element, name, value)),
  ]);
}

function problemOf(element: Element, name: string, value: string): string[] {
  const isBad =
    FORBIDDEN_ATTRIBUTE.test(name) ||
    (name === 'href' && !ALLOWED_HREF.test(value)) ||
    (name === 'src' && !GENERATED_IMAGE_SOURCE.test(value));
  return isBad ? [`${element.localName} ${name}=${value}`] : [];
}

function draw(payload: string, cuts: Iterable<number>): HTMLElement {
  const root = document.createElement('div');
  stage.append(root);
  const view = new MarkdownView(root, TEXTS);
  for (const cut of cuts) {
    view.update(payload.slice(0, cut));
    expect(problemsIn(root), `${excerpt(payload)} up to ${cut}`).to.deep.equal([]);
  }
  view.finish(payload);
  expect(problemsIn(root), excerpt(payload)).to.deep.equal([]);
  return root;
}

function excerpt(payload: string): string {
  return JSON.stringify(payload.slice(0, 200));
}

function everyCut(payload: string): number[] {
  return Array.from(payload, (_, index) => index + 1);
}

async function expectNothingHappened(): Promise<void> {
  await settle();
  expect(scriptRuns, 'scripts that ran').to.equal(0);
  expect(probeRequests(), 'requests made').to.equal(0);
}

describe('model output that attacks', () => {
  it('would be noticed: the detectors see a script, a request and a handler', async () => {
    const bad = document.createElement('div');
    stage.append(bad);
    bad.innerHTML = `<img src="${PROBE_PATH}/control.png" onerror="alert(1)"><a href="javascript:alert(1)">x</a>`;
    expect(problemsIn(bad)).to.have.length(3);
    await settle();
    expect(scriptRuns).to.equal(1);
    expect(probeRequests()).to.equal(1);
  });

  it('has a corpus worth the name', () => {
    expect(new Set(PAYLOADS).size).to.be.greaterThan(150);
  });

  it('does nothing when drawn at once', async () => {
    for (const payload of PAYLOADS) draw(payload, []);
    await expectNothingHappened();
  });

  it('does nothing when streamed character by character', async () => {
    for (const payload of PAYLOADS) draw(payload, everyCut(payload));
    await expectNothingHappened();
  });

  it('does nothing when cut anywhere and then completed', async () => {
    PAYLOADS.forEach((payload, index) => {
      const step = index < CUT_EVERYWHERE ? 1 : Math.ceil(payload.length / CUTS);
      for (let cut = 1; cut < payload.length; cut += step) {
        draw(payload, [cut]).remove();
      }
    });
    await expectNothingHappened();
  });

  it('does nothing inside of other markdown', async () => {
    for (const payload of PAYLOADS) {
      draw(
        `- item\n  ${payload}\n\n> ${payload}\n\n| a |\n|---|\n| ${payload} |\n\n*${payload}*`,
        [],
      );
    }
    await expectNothingHappened();
  });

  it('does nothing as one long document', async () => {
    const text = PAYLOADS.join('\n\n');
    const cuts: number[] = [];
    for (let cut = 97; cut < text.length; cut += 97) cuts.push(cut);
    draw(text, cuts);
    await expectNothingHappened();
  });
});
