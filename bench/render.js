import { parseArgs } from 'node:util';
import { bundlePages } from './browser/bundle.js';
import { measurePage } from './browser/measure-page.js';
import { createReplyApi } from './browser/reply-api.js';
import { servePages } from './browser/serve-pages.js';
import { bar, report, table } from './figures/report.js';
import { makeMarkdown } from './texts/markdown-text.js';

const TOKENS_PER_SECOND = 500;
const SHORT = 8_000;
const LONG = 32_000;
/** Beyond the time the answer takes to arrive, how long a page may go on drawing it. */
const PATIENCE_MS = 20_000;

/**
 * What is drawn how. `once` is marked, highlight.js and DOMPurify a single time; `plain` is the least
 * that streaming any text costs in this browser.
 */
const RUNS = [
  { page: 'once', tokens: SHORT, name: 'once, languages as named' },
  { page: 'once-detect', tokens: SHORT, name: 'once, languages detected' },
  { page: 'plain', tokens: SHORT, name: 'plain text, once a frame' },
  { page: 'widget', tokens: SHORT, name: '<chat-playground>' },
  { page: 'assistant-ui', tokens: SHORT, name: 'assistant-ui 0.15.21' },
  { page: 'deep-chat', tokens: SHORT, name: 'deep-chat 2.4.2' },
  { page: 'once', tokens: LONG, name: 'once, languages as named' },
  { page: 'widget', tokens: LONG, name: '<chat-playground>' },
];

const { values } = parseArgs({
  options: { only: { type: 'string' }, tokens: { type: 'string' }, profile: { type: 'boolean' } },
});
const wanted = RUNS.filter(({ page, tokens }) => {
  const isPage = !values.only || values.only.split(',').includes(page);
  return isPage && (!values.tokens || Number(values.tokens) === tokens);
});

await bundlePages([...new Set(wanted.map(({ page }) => page))]);
let text = '';
const server = await servePages(
  createReplyApi(() => ({ text, tokensPerSecond: TOKENS_PER_SECOND })),
);
const results = [];
for (const run of wanted) {
  console.error(`${run.page}, ${run.tokens} tokens ...`);
  text = makeMarkdown({ tokens: run.tokens });
  const limitMs = (run.tokens / TOKENS_PER_SECOND) * 1000 + PATIENCE_MS;
  const url = `${server.origin}/${run.page}.html`;
  const measured = await measurePage(url, { limitMs, isProfiled: values.profile });
  console.error(measured.isFrozen ? 'given up' : `${measured.taskMs.toFixed(0)} ms`);
  results.push({ ...run, ...measured });
}
server.close();

const find = (page, tokens) =>
  results.find((one) => one.page === page && one.tokens === tokens && !one.isFrozen);
const ours = find('widget', SHORT);
const once = find('once', SHORT);
const detected = find('once-detect', SHORT);
const plain = find('plain', SHORT);
const oursLong = find('widget', LONG);
report('render', { tables: [workTable(), pageTable()], bars: bars(), data: results });

function workTable() {
  const ratios = ['/ once, detected', '/ once, named', '/ plain'];
  const head = ['drawn by', 'tokens', 'main thread, ms', ...ratios, 'script', 'gc'];
  const kinds = ['parse HTML', 'style', 'layout', 'paint', "browser's own"];
  return table([...head, ...kinds], results.map(workRow));
}

function workRow({ name, tokens, isFrozen, limitMs, taskMs, work }) {
  if (isFrozen) return [name, tokens, `frozen, given up after ${limitMs / 1000} s`];
  const { script, gc, parse, style, layout, paint, browser } = work;
  const parts = [script, gc, parse, style, layout, paint, browser].map((ms) => ms.toFixed(0));
  const ratios = [detected, once, plain].map((other) => times(taskMs, other));
  return [name, tokens, taskMs.toFixed(0), ...ratios, ...parts];
}

function times(ms, other) {
  return other ? `${(ms / other.taskMs).toFixed(1)}x` : '-';
}

function pageTable() {
  const head = ['drawn by', 'tokens', 'longest task, ms', 'by the clock', 'tasks over 50 ms'];
  const rows = results
    .filter(({ isFrozen }) => !isFrozen)
    .map((one) => [
      ...[one.name, one.tokens, one.longestTaskMs.toFixed(0), one.longestTaskWallMs.toFixed(0)],
      ...[one.tasksOver50Ms, one.drawnFrames, one.droppedFrames, one.nodes, one.heapMb.toFixed(1)],
    ]);
  return table([...head, 'frames drawn', 'dropped', 'DOM nodes', 'heap, MB'], rows);
}

function bars() {
  const list = [];
  for (const [what, other] of Object.entries({
    'streamed / once, languages detected': detected,
    'streamed / once, languages as named': once,
    'streamed / plain text': plain,
  })) {
    if (ours && other) list.push(bar(2, { what, value: ours.taskMs / other.taskMs, unit: 'x' }));
  }
  if (ours) {
    list.push(bar(50, { what: 'longest task', value: ours.longestTaskMs, unit: ' ms' }));
  }
  if (ours && oursLong) {
    const value = oursLong.taskMs / ours.taskMs;
    list.push(bar(4.5, { what: '32,000 / 8,000 tokens', value, unit: 'x' }));
    list.push(
      bar(50, { what: 'longest task, 32,000', value: oursLong.longestTaskMs, unit: ' ms' }),
    );
  }
  return list;
}
