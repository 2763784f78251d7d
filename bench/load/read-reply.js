import { createParser } from 'eventsource-parser';

/** What the upstream leaves in the text: the microsecond a token left it. */
const MARK = /@(\d+)@/g;

/** @param {string} text @returns {number[]} when each token of it left the provider, microseconds */
export function marksOf(text) {
  return Array.from(text.matchAll(MARK), ([, at]) => Number(at));
}

/** @param {number[]} marks @returns {string} the text of the tokens that left then */
export function sentText(marks) {
  return marks.map((mark) => `@${mark}@ `).join('');
}

/**
 * A reply as its reader has it: grows with every event, keeps what it has when the connection breaks,
 * and goes on from there on another one.
 */
export function createReply(facts) {
  return { ...facts, text: '', lastEventId: null, ending: null };
}

/**
 * Reads a stream into a reply until it ends or breaks.
 *
 * @param {import('node:http').IncomingMessage} response
 * @returns {{ begun: Promise<void>, closed: Promise<void> }} `begun`: the first text is there
 */
export function readInto(reply, response) {
  let begin;
  const begun = new Promise((resolve) => (begin = resolve));
  const parser = createParser({
    onEvent({ id, event, data }) {
      reply.lastEventId = id ?? reply.lastEventId;
      if (event === 'text-delta') reply.text += JSON.parse(data).delta;
      if (event === 'message-end' || event === 'message-error') {
        reply.ending = JSON.parse(data).status;
      }
      if (reply.text !== '') begin();
    },
  });
  response.setEncoding('utf8').on('data', (piece) => parser.feed(piece));
  const closed = new Promise((resolve) => {
    response.once('close', resolve).on('error', () => undefined);
  });
  const endedEarly = closed.then(() => {
    if (reply.text === '') throw new Error(`A stream without a token: ${response.statusCode}`);
  });
  return { begun: Promise.race([begun, endedEarly]), closed };
}
