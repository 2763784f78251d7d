import { createServer } from 'node:http';

/**
 * An OpenAI-compatible endpoint in a process of its own. Every stream sends a token at once and
 * then one every `everyMs`, each marked with the microsecond it left (@<us>@; the clock counts the
 * same in every process of a machine), until it has sent `tokens` or is told to end.
 *
 * Messages in: `{ everyMs, tokens }` for the streams to come, `{ end: true }` for the open ones.
 * Messages out: `{ port }` once, `{ closedAt, sentAt }` when a reader leaves a stream that was not
 * whole, `sentAt` being the microseconds its tokens left.
 */
const pace = { everyMs: 100, tokens: Infinity };
const open = new Set();

const HEAD = 'data: {"id":"b","object":"chat.completion.chunk","created":0,"model":"bench",';
const now = () => process.hrtime.bigint() / 1000n;
const delta = (text) =>
  `${HEAD}"choices":[{"index":0,"delta":{"content":${text}},"finish_reason":null}]}\n\n`;
const FINISH = `${HEAD}"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n`;
const USAGE = `${HEAD}"choices":[],"usage":{"prompt_tokens":8,"completion_tokens":8}}\n\n`;

const server = createServer((request, response) => {
  if (request.url.endsWith('/models')) {
    response.setHeader('content-type', 'application/json');
    return void response.end('{"object":"list","data":[{"id":"bench","object":"model"}]}');
  }
  let body = '';
  request.setEncoding('utf8').on('data', (piece) => (body += piece));
  request.on('end', () => (JSON.parse(body).stream ? stream(response) : answer(response)));
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));

process.on('message', (message) => {
  if (message.end) for (const finish of open) finish();
  else Object.assign(pace, { tokens: Infinity }, message);
});
process.on('disconnect', () => process.exit(0));

function stream(response) {
  const { everyMs, tokens } = pace;
  const sentAt = [];
  const send = () => {
    const at = now();
    sentAt.push(Number(at));
    response.write(delta(`"@${at}@ "`));
    if (sentAt.length >= tokens) finish();
  };
  const finish = () => {
    clearInterval(timer);
    open.delete(finish);
    response.end(`${FINISH}${USAGE}data: [DONE]\n\n`);
  };
  let timer;
  open.add(finish);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.once('close', () => {
    clearInterval(timer);
    if (open.delete(finish)) process.send({ closedAt: Number(now()), sentAt });
  });
  timer = setInterval(send, everyMs);
  send();
}

/** What is asked without a stream is a chat's title. */
function answer(response) {
  response.setHeader('content-type', 'application/json');
  response.end(
    '{"id":"b","object":"chat.completion","created":0,"model":"bench","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"A title"}}]}',
  );
}
