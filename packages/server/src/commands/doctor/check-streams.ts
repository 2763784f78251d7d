import { PROBE_TICKS } from '@chat-playground/sdk/protocol';
import { BUFFERING, IDLE } from './advice.js';
import { failed, ok, skipped, warning, type Outcome } from './finding.js';
import type { Visit } from './visit.js';
import { watchProbe, type Observation } from './watch-probe.js';

/** Of the time between first and last tick at the server, what must be left of it here. */
const MIN_SPREAD = 0.5;

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** Whether events come when they are sent. */
export function checkStreams(observation: Observation): Outcome {
  const refusal = refusalOf(observation);
  if (refusal) return refusal;
  const ticks = observation.sightings.filter(({ event }) => event === 'tick');
  const [first, last] = [ticks[0], ticks.at(-1)];
  if (!first || !last || ticks.length < PROBE_TICKS) {
    return failed(`Of ${PROBE_TICKS} events only ${ticks.length} arrived.`, ...BUFFERING, ...IDLE);
  }
  const sentMs = last.sentAt - first.sentAt;
  const arrivedMs = last.arrivedAt - first.arrivedAt;
  const times = `${PROBE_TICKS} events sent over ${seconds(sentMs)} arrived over ${seconds(arrivedMs)}`;
  if (arrivedMs >= sentMs * MIN_SPREAD) return ok(`${times}.`);
  return failed(`${times}: something on the way holds them back.`, ...BUFFERING);
}

/** Whether a stream is left alone while nothing but heartbeats comes. */
export async function checkIdle(visit: Visit): Promise<Outcome> {
  const { idleSeconds } = visit;
  if (idleSeconds === 0) return skipped('Not asked for (--idle 0).');
  const observation = await watchProbe(visit, idleSeconds);
  const refusal = refusalOf(observation);
  if (refusal) return refusal;
  const { sightings, lastByteAt, endedAt } = observation;
  if (sightings.at(-1)?.event === 'end')
    return ok(`A quiet stream stayed open for ${idleSeconds} s.`);
  const quiet = seconds(endedAt - lastByteAt);
  return failed(`A stream was cut after ${quiet} without an event.`, ...IDLE);
}

function refusalOf({ status, retryAfter }: Observation): Outcome | undefined {
  switch (status) {
    case 200:
      return undefined;
    case 429:
      return skipped(`Asked too often; try again in ${retryAfter ?? 'some'} s.`);
    case 404:
      return warning('The server is too old to be looked at so.', 'Update the server.');
    default:
      return failed(`GET api/probe was answered with status ${status}.`, 'Pass all of /api on.');
  }
}
