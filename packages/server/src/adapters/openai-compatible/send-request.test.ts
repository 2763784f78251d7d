import { once } from 'node:events';
import { createServer as createHttps } from 'node:https';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { startForwardProxy } from '../../test-support/forward-proxy.js';
import { startScriptedUpstream, wholeReply } from '../../test-support/scripted-upstream.js';
import { selfSigned } from '../../test-support/self-signed.js';
import { createSendRequest, type ConnectionError } from './send-request.js';

const signal = new AbortController().signal;
const post = {
  method: 'POST',
  headers: { 'x-key': 'k' },
  body: '{"model":"m","messages":[]}',
  signal,
} as const;
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

/** Answers the first request of each connection well, and what comes after it as told. */
async function startForgetful(handleNext: (socket: Socket) => void) {
  let connections = 0;
  let requests = 0;
  const port = await listen(
    createServer((socket) => {
      connections += 1;
      let count = 0;
      closing.push(() => socket.destroy());
      socket.on('error', () => undefined);
      socket.on('data', (data) => {
        // A request comes in one piece here, but for its body.
        if (!data.toString().includes('HTTP/1.1')) return;
        requests += 1;
        count += 1;
        if (count === 1) socket.write(OK);
        else handleNext(socket);
      });
    }),
  );
  return {
    url: `http://127.0.0.1:${port}/v1/chat/completions`,
    seen: () => ({ connections, requests }),
  };
}

describe('a connection out of the pool that has gone stale', () => {
  it.each<[string, (socket: Socket) => void]>([
    ['is reset', (socket) => socket.resetAndDestroy()],
    ['is closed', (socket) => socket.end()],
  ])('and %s is replaced by a fresh one, once', async (_, handleNext) => {
    const { url, seen } = await startForgetful(handleNext);
    const send = createSendRequest();
    expect(await text((await send(url, post)).body)).toBe('ok');
    expect(await text((await send(url, post)).body)).toBe('ok');
    expect(seen()).toEqual({ connections: 2, requests: 3 });
  });

  it('is not asked again once a byte of the answer has come', async () => {
    const { url, seen } = await startForgetful((socket) => {
      socket.write('HTTP/1.1 2', () => socket.resetAndDestroy());
    });
    const send = createSendRequest();
    await text((await send(url, post)).body);
    await expect(send(url, post)).rejects.toMatchObject({ name: 'ConnectionError' });
    expect(seen()).toEqual({ connections: 1, requests: 2 });
  });

  it('is not asked again for one who has left', async () => {
    const controller = new AbortController();
    const { url, seen } = await startForgetful(() => controller.abort());
    const send = createSendRequest();
    await text((await send(url, post)).body);
    await expect(send(url, { ...post, signal: controller.signal })).rejects.toThrow();
    expect(seen()).toEqual({ connections: 1, requests: 2 });
  });
});

it('does not ask again over a connection that was fresh', async () => {
  let connections = 0;
  const port = await listen(
    createServer((socket) => {
      connections += 1;
      socket.on('error', () => undefined);
      socket.once('data', () => socket.resetAndDestroy());
    }),
  );
  const sent = createSendRequest()(`http://127.0.0.1:${port}/`, post);
  await expect(sent).rejects.toMatchObject({ code: 'ECONNRESET', isProxied: false });
  expect(connections).toBe(1);
});

it.each(['gzip', 'GZIP', 'x-gzip'])('unpacks what is packed unasked (%s)', async (encoding) => {
  const packed = gzipSync('data: [DONE]\n\n');
  const port = await listen(
    createServer((socket) => {
      closing.push(() => socket.destroy());
      const head = `HTTP/1.1 200 OK\r\ncontent-encoding: ${encoding}\r\ncontent-length: ${packed.length}\r\n\r\n`;
      socket.once('data', () => socket.write(Buffer.concat([Buffer.from(head), packed])));
    }),
  );
  const { body } = await createSendRequest()(`http://127.0.0.1:${port}/`, post);
  expect(await text(body)).toBe('data: [DONE]\n\n');
});

describe('a proxy', () => {
  it('is asked for an http address by its whole name, and keeps its credentials to itself', async () => {
    const upstream = await startScriptedUpstream();
    const proxy = await startForwardProxy();
    closing.push(
      () => upstream.close(),
      () => proxy.close(),
    );
    upstream.answerWith(wholeReply('through'));
    const { port } = new URL(upstream.baseUrl);
    const send = createSendRequest(proxy.address);
    for (let count = 0; count < 2; count += 1) {
      const { body } = await send(`http://llm.internal:${port}/v1/chat/completions`, post);
      expect(await text(body)).toContain('through');
    }
    const whole = `POST http://llm.internal:${port}/v1/chat/completions`;
    expect(proxy.asked.map(({ what }) => what)).toEqual([whole, whole]);
    expect(proxy.asked[0]?.headers['proxy-authorization']).toMatch(/^Basic /);
  });

  it('leads to an https address, whose certificate is looked at all the same', async () => {
    const server = createHttps(selfSigned('llm.internal'), (_, response) => response.end('ok'));
    const port = await listen(server);
    const proxy = await startForwardProxy();
    closing.push(() => proxy.close());
    const sent = createSendRequest(proxy.address)(`https://llm.internal:${port}/v1`, post);
    await expect(sent).rejects.toMatchObject({
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      isProxied: true,
    });
    expect(proxy.asked.map(({ what }) => what)).toEqual([`CONNECT llm.internal:${port}`]);
    expect(JSON.stringify(proxy.asked)).not.toContain('x-key');
  });

  it('that refuses is named, and what it says is not taken for an answer', async () => {
    const proxy = await startForwardProxy(403);
    closing.push(() => proxy.close());
    const sent = createSendRequest(proxy.address)('https://llm.internal/v1', post);
    await expect(sent).rejects.toMatchObject({ code: 'PROXY_403', isProxied: true });
  });

  it('that is not there is named', async () => {
    const proxy = await startForwardProxy();
    await proxy.close();
    for (const scheme of ['http', 'https']) {
      const sent = createSendRequest(proxy.address)(`${scheme}://llm.internal/v1`, post);
      const error = await sent.catch((thrown: unknown) => thrown as ConnectionError);
      expect(error).toMatchObject({ code: 'ECONNREFUSED', isProxied: true });
    }
  });
});
