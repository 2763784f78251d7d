/* global window */
import { setTimeout as delay } from 'node:timers/promises';
import { startProfile } from './cpu-profile.js';
import { launchBrowser } from '../../scripts/launch-browser.js';
import { startTrace } from './trace.js';

const VIEWPORT = { width: 1280, height: 900 };
/** After the end of the text, for what is done when the page is idle (highlighting, say). */
const SETTLE_MS = 1_500;

/**
 * Runs a page in a browser of its own and measures what its main thread works, from the start of
 * the answer until it is drawn to the end. `told` is what the page itself has to say of it.
 *
 * @param {string} url
 * @param {{ limitMs: number, isProfiled?: boolean }} options how long the page may take before it is
 *   given up; whether to tell its hottest functions too (which slows it down)
 */
export async function measurePage(url, { limitMs, isProfiled }) {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: VIEWPORT });
    const failures = [];
    page.on('pageerror', (error) => failures.push(error.message));
    await page.goto(url);
    await page.evaluate(() => window.prepareBench());
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    await delay(SETTLE_MS / 3);
    await devtools.send('HeapProfiler.collectGarbage');
    const before = await readMetrics(devtools);
    const trace = await startTrace(browser, page);
    const profile = isProfiled ? await startProfile(devtools) : null;
    const startedAt = performance.now();
    let told;
    const run = page
      .evaluate(() => window.runBench())
      .then((result) => {
        told = result;
        return 'done';
      });
    const timeout = new AbortController();
    const late = delay(limitMs, 'late', { signal: timeout.signal }).catch(() => 'done');
    const outcome = await Promise.race([run, late]);
    timeout.abort();
    if (outcome === 'late') {
      run.catch(() => undefined);
      return { isFrozen: true, limitMs };
    }
    const tookMs = performance.now() - startedAt;
    const atEnd = await readMetrics(devtools);
    await delay(SETTLE_MS);
    const functions = profile ? await profile.stop() : undefined;
    // Before garbage is collected for the metrics, which is no task of the page's.
    const traced = await trace.stop();
    await devtools.send('HeapProfiler.collectGarbage');
    const after = await readMetrics(devtools);
    if (failures.length > 0) throw new Error(`${url}: ${failures[0]}`);
    const runTaskMs = (atEnd.TaskDuration - before.TaskDuration) * 1000;
    const work = { ...difference(before, after), ...traced };
    return { isFrozen: false, tookMs, runTaskMs, told, ...work, functions };
  } finally {
    await browser.close();
  }
}

async function readMetrics(devtools) {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

function difference(before, after) {
  const ms = (name) => (after[name] - before[name]) * 1000;
  return {
    taskMs: ms('TaskDuration'),
    nodes: after.Nodes - before.Nodes,
    heapMb: (after.JSHeapUsedSize - before.JSHeapUsedSize) / 2 ** 20,
  };
}
