import { bundlePages } from './browser/bundle.js';
import { createHistoryApi } from './browser/history-api.js';
import { measurePage } from './browser/measure-page.js';
import { createReplyApi } from './browser/reply-api.js';
import { servePages } from './browser/serve-pages.js';
import { bar, report, table } from './figures/report.js';
import { makeMarkdown } from './texts/markdown-text.js';

const REPLY_TOKENS = 250;
const LIMIT_MS = 120_000;
/** The long chat, the same reader going far up in it, and a short one to hold both against. */
const RUNS = [
  { name: 'a chat of 50 messages', count: 50, older: 0 },
  { name: 'a chat of 10,000 messages', count: 10_000, older: 0 },
  { name: 'the same, 20 pages up', count: 10_000, older: 20 },
];

await bundlePages(['open']);
const text = makeMarkdown({ tokens: REPLY_TOKENS });
const results = [];
for (const run of RUNS) {
  console.error(`${run.name} ...`);
  const server = await servePages({
    ...createReplyApi(() => ({ text, tokensPerSecond: 1 })),
    ...createHistoryApi({ count: run.count, text }),
  });
  const url = `${server.origin}/open.html?older=${run.older}`;
  const measured = await measurePage(url, { limitMs: LIMIT_MS });
  server.close();
  if (measured.isFrozen) throw new Error(`${run.name}: not shown within ${LIMIT_MS / 1000} s`);
  results.push({ ...run, ...measured, ...measured.told });
}

const [short, long, far] = results;
const times = ['first screen, ms', 'main thread until then, ms', 'main thread, ms'];
const head = ['', 'messages loaded', ...times, 'longest task, ms'];
const rows = results.map((one) => [
  ...[one.name, one.messages, one.firstScreenMs.toFixed(0)],
  ...[one.older === 0 ? one.runTaskMs.toFixed(0) : '-', one.taskMs.toFixed(0)],
  ...[one.longestTaskMs.toFixed(0), one.nodes, one.heapMb.toFixed(1)],
]);
report('open', {
  tables: [table([...head, 'DOM nodes', 'heap, MB'], rows)],
  bars: [
    bar(200, {
      what: 'first screen after data, 10,000 messages',
      value: long.firstScreenMs,
      unit: ' ms',
    }),
    bar(200, {
      what: 'the same, main thread only',
      value: long.runTaskMs,
      unit: ' ms',
    }),
    bar(1.1, {
      what: 'DOM nodes, 10,000 / 50 messages',
      value: long.nodes / short.nodes,
      unit: 'x',
    }),
    bar(600, {
      what: 'DOM nodes for each message loaded',
      value: far.nodes / far.messages,
      digits: 0,
    }),
  ],
  data: results,
});
