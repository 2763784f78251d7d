const TOP = 25;

/**
 * The functions a page's scripts spent most of their own time in.
 *
 * @param {import('playwright-core').CDPSession} devtools
 */
export async function startProfile(devtools) {
  await devtools.send('Profiler.enable');
  await devtools.send('Profiler.start');
  return {
    async stop() {
      const { profile } = await devtools.send('Profiler.stop');
      return hottest(profile);
    },
  };
}

function hottest({ nodes, samples, timeDeltas }) {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const totals = new Map();
  samples.forEach((id, index) => {
    const name = names.get(id);
    totals.set(name, (totals.get(name) ?? 0) + timeDeltas[index] / 1000);
  });
  return [...totals]
    .filter(([name]) => !/^\((idle|program)\)/.test(name))
    .sort(([, a], [, b]) => b - a)
    .slice(0, TOP)
    .map(([name, ms]) => ({ name, ms: Math.round(ms) }));
}

function nameOf({ functionName, url, lineNumber, columnNumber }) {
  const file = url.split('/').at(-1);
  return `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}:${columnNumber + 1}`;
}
