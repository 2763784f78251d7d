import { createParser } from 'eventsource-parser';

/** The reply's text as it comes, for components that bring no reader of their own. */
export async function* readDeltas() {
  const response = await fetch('/api/chats/stream');
  const pieces = response.body.pipeThrough(new TextDecoderStream());
  let events = [];
  const parser = createParser({ onEvent: (event) => events.push(event) });
  for await (const piece of pieces) {
    parser.feed(piece);
    const taken = events;
    events = [];
    for (const { event, data } of taken) {
      if (event === 'text-delta') yield JSON.parse(data).delta;
    }
  }
}
