import { PROBE_TICKS, probeTickSchema } from '@chat-playground/sdk/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import type { TestRequest } from '../test-support/test-client.js';
import { startTestServer, type TestServer } from '../test-support/test-server.js';

const PER_MINUTE = 12;

let server: TestServer;
afterEach(() => server.stop());

/** Opens a probe, takes its first bytes and leaves. @returns its status */
async function visit(request: TestRequest = {}): Promise<number> {
  const leave = new AbortController();
  const { status } = await server.nobody().open('probeStream', request, leave.signal);
  leave.abort();
  return status;
}

async function visitTooOften(headersOf: (visit: number) => Record<string, string>) {
  const statuses: number[] = [];
  for (let count = 0; count <= PER_MINUTE; count += 1) {
    statuses.push(await visit({ headers: headersOf(count) }));
  }
  return statuses;
}

const refusedLast = [...new Array<number>(PER_MINUTE).fill(200), 429];
const forwardedFor = (count: number) => ({ 'x-forwarded-for': `203.0.113.${count}` });

describe('a probe', () => {
  it('ticks, says when, and ends, with the headers of any stream', async () => {
    server = await startTestServer();
    const response = await server.nobody().open('probeStream');
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    expect(response.headers.get('content-encoding')).toBeNull();
    const frames = (await response.text()).trim().split('\n\n');
    const read = frames.map((frame) => /^id: (\d+)\nevent: (\w+)\ndata: (.*)$/.exec(frame));
    expect(read.map((match) => match?.[2])).toEqual([
      ...new Array<string>(PROBE_TICKS).fill('tick'),
      'end',
    ]);
    const times = read.map((match) => probeTickSchema.parse(JSON.parse(match?.[3] ?? '')).sent_at);
    expect(times).toEqual(times.toSorted());
  });

  it('is refused to those who ask too often, until a minute is over', async () => {
    server = await startTestServer();
    expect(await visitTooOften(() => ({}))).toEqual(refusedLast);
    const { status, headers, body } = await server.nobody().request('probeStream');
    expect({ status, body }).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    server.advanceClock(60_000);
    expect(await visit()).toBe(200);
  });

  it('is held no longer than two minutes', async () => {
    server = await startTestServer();
    const query = { hold_seconds: 121 };
    expect(await server.nobody().request('probeStream', { query })).toMatchObject({ status: 400 });
  });
});

describe('the address of whoever asks', () => {
  it('is that of the connection, whatever its headers say', async () => {
    server = await startTestServer({ trustProxy: 0 });
    expect(await visitTooOften(forwardedFor)).toEqual(refusedLast);
  });

  it('is what a proxy says that is trusted', async () => {
    server = await startTestServer({ trustProxy: ['loopback'] });
    expect(await visitTooOften(forwardedFor)).not.toContain(429);
    expect(await visitTooOften(() => forwardedFor(200))).toEqual(refusedLast);
  });

  it('is not what whoever asks has told the trusted proxy', async () => {
    server = await startTestServer({ trustProxy: 1 });
    const forged = (count: number) => ({ 'x-forwarded-for': `203.0.113.${count}, 198.51.100.7` });
    expect(await visitTooOften(forged)).toEqual(refusedLast);
  });

  it('is not told by a proxy other than the trusted ones', async () => {
    server = await startTestServer({ trustProxy: ['10.0.0.0/8'] });
    expect(await visitTooOften(forwardedFor)).toEqual(refusedLast);
  });
});
