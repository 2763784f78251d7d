import type { Greeting } from './check-answers.js';
import { failed, ok, skipped, type Outcome } from './finding.js';
import type { Observation } from './watch-probe.js';

/** Signed tokens and `Retry-After` bear a few seconds, not more. */
const MAX_DIFFERENCE_MS = 30_000;

/** Whether server, proxy and this machine agree on the time. */
export function checkClock({ clock }: Greeting, { sightings }: Observation): Outcome {
  const differences = [
    ...(clock ? [clock.server - clock.ours] : []),
    ...sightings.slice(0, 1).map(({ sentAt, arrivedAt }) => sentAt - arrivedAt),
  ];
  const worst = differences.toSorted((a, b) => Math.abs(b) - Math.abs(a))[0];
  if (worst === undefined) return skipped('The answers carry no time.');
  const seconds = Math.round(Math.abs(worst) / 1000);
  if (Math.abs(worst) <= MAX_DIFFERENCE_MS) {
    return ok(seconds === 0 ? 'The clocks agree.' : `The clocks are ${seconds} s apart.`);
  }
  return failed(
    `The server’s clock is ${seconds} s ${worst > 0 ? 'ahead of' : 'behind'} this machine’s.`,
    'Have both set their clocks from the network: timedatectl set-ntp true',
  );
}
