import { createServer, request as ask, Agent } from 'node:http';

/** The least a Node process can do between a reader and a provider: pass on what comes. */
const upstream = new URL(process.argv[2]);
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

const server = createServer((request, response) => {
  const { hostname, port } = upstream;
  const { method, headers, url: path } = request;
  const passedOn = ask({ hostname, port, path, method, headers, agent }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  passedOn.on('error', () => response.destroy());
  request.pipe(passedOn);
  response.once('close', () => {
    // A whole answer has left its connection to the next request.
    if (!response.writableFinished) passedOn.destroy();
  });
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('disconnect', () => process.exit(0));
