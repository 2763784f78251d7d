import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

const LENGTH_BYTES = 4;
const OP_MSG = 2013;
const OPCODE_OFFSET = 12;
const FLAGS_OFFSET = 16;
/** After the flags: a kind byte, the document's length, its first field's type; then that field's name. */
const COMMAND_OFFSET = 26;
/** A message that wants no answer. */
const MORE_TO_COME = 2;

export interface DatabaseRelay {
  readonly port: number;
  /** Breaks every connection and refuses new ones, as a database that went away. */
  cut(): void;
  /** Does so by itself when that many requests of verbs have gone through. */
  cutAfter(requests: number): void;
  mend(): void;
  close(): Promise<void>;
}

/**
 * Stands between a MongoDB client and its server, on the same wire.
 *
 * @param upstream the server
 * @param options.oneAtATime lets one request of all connections through at a time. FerretDB 1.x
 *   reads a document and writes it back in two steps, so that updates that race get lost; MongoDB
 *   promises that each is atomic. With this it holds here too, while whole verbs still race.
 */
export async function startDatabaseRelay(
  upstream: { host: string; port: number },
  { oneAtATime = false } = {},
): Promise<DatabaseRelay> {
  const clients = new Set<Socket>();
  const turns = createTurns(oneAtATime);
  let isCut = false;
  let requestsLeft = Infinity;
  /** @returns whether the request may pass */
  const admit = (request: Buffer): boolean => {
    if (isChatter(request)) return !isCut;
    if (requestsLeft === 0) cut();
    requestsLeft -= 1;
    return !isCut;
  };
  const server = createServer((client) => {
    if (isCut) {
      client.destroy();
      return;
    }
    clients.add(client);
    client.on('close', () => clients.delete(client));
    client.on('error', () => client.destroy());
    void relay(client, connect(upstream), turns, admit);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const dropAll = () => {
    for (const client of clients) client.destroy();
  };
  const cut = () => {
    isCut = true;
    dropAll();
  };
  return {
    port,
    cut,
    cutAfter(requests) {
      requestsLeft = requests;
    },
    mend() {
      isCut = false;
      requestsLeft = Infinity;
    },
    async close() {
      dropAll();
      server.close();
      await once(server, 'close');
    },
  };
}

type Turns = <Result>(work: () => Promise<Result>) => Promise<Result>;

function createTurns(oneAtATime: boolean): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    if (!oneAtATime) return work();
    const turn = last.then(work, work);
    last = turn;
    return turn;
  };
}

/** Request by request until either side is gone. */
async function relay(
  client: Socket,
  server: Socket,
  turns: Turns,
  admit: (request: Buffer) => boolean,
): Promise<void> {
  server.on('error', () => server.destroy());
  server.on('close', () => client.destroy());
  const answers = readMessages(server);
  try {
    for await (const request of readMessages(client)) {
      if (!admit(request)) break;
      const answer = await turns(async () => {
        server.write(request);
        return wantsAnswer(request) ? (await answers.next()).value : undefined;
      });
      if (answer && !client.destroyed) client.write(answer);
    }
  } catch {
    // A connection that breaks is what the tests are about; both ends are closed below.
  }
  client.destroy();
  server.destroy();
}

/** Every message of this wire begins with its own length. */
async function* readMessages(socket: Socket): AsyncGenerator<Buffer, undefined> {
  let rest = Buffer.alloc(0);
  for await (const bytes of socket as AsyncIterable<Buffer>) {
    rest = Buffer.concat([rest, bytes]);
    while (rest.length >= LENGTH_BYTES && rest.length >= rest.readInt32LE(0)) {
      const length = rest.readInt32LE(0);
      yield rest.subarray(0, length);
      rest = rest.subarray(length);
    }
  }
  return undefined;
}

/** What drivers say among themselves: looking whether the server is there, and taking leave. */
function isChatter(request: Buffer): boolean {
  if (request.readInt32LE(OPCODE_OFFSET) !== OP_MSG) return true;
  const end = request.indexOf(0, COMMAND_OFFSET);
  const command = request.toString('utf8', COMMAND_OFFSET, end);
  return ['hello', 'ismaster', 'endSessions'].includes(command);
}

function wantsAnswer(request: Buffer): boolean {
  const isMessage = request.readInt32LE(OPCODE_OFFSET) === OP_MSG;
  return !isMessage || (request.readInt32LE(FLAGS_OFFSET) & MORE_TO_COME) === 0;
}
