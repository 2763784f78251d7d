/** `toplevel` holds every task, the timeline what they did, the frame category what was dropped. */
const CATEGORIES = [
  'toplevel',
  'devtools.timeline',
  'devtools.timeline.frame',
  'disabled-by-default-devtools.timeline.frame',
];
const RUN_TASK = 'ThreadControllerImpl::RunTask';

/** Which kind of work an event of the timeline is; what is in none is the browser's own. */
const KINDS = {
  script:
    /^(FunctionCall|EvaluateScript|RunMicrotasks|TimerFire|FireAnimationFrame|EventDispatch|v8\.|V8\.|FireIdleCallback|XHR)/,
  gc: /GC/,
  parse: /^ParseHTML/,
  style: /^(UpdateLayoutTree|RecalculateStyles|ScheduleStyleRecalculation)/,
  layout: /^(Layout|IntersectionObserverController|ResizeObserver)/,
  paint: /^(PrePaint|Paint|Layerize|UpdateLayer|Commit|CompositeLayers|HitTest)/,
};

/**
 * What the page's main thread does from now until `stop`.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {import('playwright-core').Page} page
 */
export async function startTrace(browser, page) {
  await browser.startTracing(page, { categories: CATEGORIES });
  return {
    async stop() {
      const buffer = await browser.stopTracing();
      const { traceEvents } = JSON.parse(buffer.toString('utf8'));
      return readTrace(traceEvents);
    },
  };
}

/**
 * Times are in ms of the thread's own work, not of its waiting for a processor; the longest task
 * also by the clock, as a user would feel it on this machine.
 */
function readTrace(events) {
  const main = busiestMainThread(events);
  const mine = events.filter((event) => event.ph === 'X' && keyOf(event) === main);
  const tasks = mine.filter((event) => event.name === RUN_TASK);
  const worked = tasks.map((task) => (task.tdur ?? task.dur ?? 0) / 1000);
  return {
    longestTaskMs: max(worked),
    longestTaskWallMs: max(tasks.map((task) => (task.dur ?? 0) / 1000)),
    tasksOver50Ms: worked.filter((ms) => ms > 50).length,
    droppedFrames: events.filter(({ name }) => name === 'DroppedFrame').length,
    drawnFrames: events.filter(({ name }) => name === 'DrawFrame').length,
    work: workByKind(mine),
  };
}

/** Own time of every event (without what it holds), added up by kind. */
function workByKind(events) {
  const totals = { script: 0, gc: 0, parse: 0, style: 0, layout: 0, paint: 0, browser: 0 };
  const open = [];
  const sorted = events.toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  for (const event of sorted) {
    while (open.length > 0 && endOf(open.at(-1)) <= event.ts) open.pop();
    const ms = (event.tdur ?? 0) / 1000;
    const parent = open.at(-1);
    if (parent) totals[kindOf(parent)] -= ms;
    totals[kindOf(event)] += ms;
    open.push(event);
  }
  return totals;
}

function kindOf({ name }) {
  return Object.entries(KINDS).find(([, pattern]) => pattern.test(name))?.[0] ?? 'browser';
}

function busiestMainThread(events) {
  const mains = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(keyOf),
  );
  const busy = new Map();
  for (const event of events) {
    const key = keyOf(event);
    if (event.name !== RUN_TASK || !mains.has(key)) continue;
    busy.set(key, (busy.get(key) ?? 0) + (event.dur ?? 0));
  }
  return [...busy].sort(([, a], [, b]) => b - a)[0]?.[0];
}

const endOf = ({ ts, dur = 0 }) => ts + dur;
const keyOf = ({ pid, tid }) => `${pid}/${tid}`;
const max = (values) => values.reduce((most, value) => Math.max(most, value), 0);
