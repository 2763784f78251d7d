import { checkClock } from './check-clock.js';
import { checkAssets } from './check-assets.js';
import { checkEncryption, checkReady, greet } from './check-answers.js';
import { checkCors, checkOwnPage } from './check-origins.js';
import { checkIdle, checkStreams } from './check-streams.js';
import { checkWebsocket } from './check-websocket.js';
import { explainFailure } from './explain-failure.js';
import { CHECKS, failed, skipped, type CheckName, type Finding, type Outcome } from './finding.js';
import type { Visit } from './visit.js';
import { watchProbe } from './watch-probe.js';

export interface Diagnosis {
  url: string;
  /** Null where no Chat Playground answered. */
  version: string | null;
  /** Whether nothing failed; warnings do not count. */
  ok: boolean;
  findings: Finding[];
}

/** Looks at a server from outside, as a browser would come to it. Takes as long as the idle check. */
export async function diagnose(visit: Visit): Promise<Diagnosis> {
  const { outcome, greeting } = await greet(visit);
  const outcomes = new Map<CheckName, Outcome>([['reachable', outcome]]);
  if (greeting) {
    const probe = watchProbe(visit, 0);
    const checks: Partial<Record<CheckName, () => Outcome | Promise<Outcome>>> = {
      encryption: () => checkEncryption(visit, greeting),
      ready: () => checkReady(visit),
      streams: async () => checkStreams(await probe),
      idle: () => checkIdle(visit),
      websocket: () => checkWebsocket(visit),
      'own page': () => checkOwnPage(visit),
      cors: () => checkCors(visit),
      clock: async () => checkClock(greeting, await probe),
      assets: () => checkAssets(visit),
    };
    await Promise.all(
      CHECKS.map(async (name) => {
        const check = checks[name];
        if (check) outcomes.set(name, await attempt(check));
      }),
    );
  }
  const findings = CHECKS.map((check) => ({
    check,
    ...(outcomes.get(check) ?? skipped('Nothing to look at.')),
  }));
  return {
    url: visit.base.href,
    version: greeting?.version ?? null,
    ok: findings.every(({ verdict }) => verdict !== 'failed'),
    findings,
  };
}

/** A check that gets no answer has found something all the same. */
async function attempt(check: () => Outcome | Promise<Outcome>): Promise<Outcome> {
  try {
    return await check();
  } catch (error) {
    const { found, advice } = explainFailure(error);
    return failed(found, advice);
  }
}
