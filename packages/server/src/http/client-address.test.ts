import { request as httpRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { startTestServer } from '../test-support/test-server.js';
import { keyOf } from './client-address.js';

describe('whom a limit by address counts', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['192.0.2.7:5678', '192.0.2.7'],
    [' "192.0.2.7:80" ', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['[::FFFF:c000:207]:443', '192.0.2.7'],
    ['0:0:0:0:0:ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['[2001:DB8:0:0:ffff::2]:443', '2001:db8:0:0::/64'],
    ['[2001:db8::3]', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['[fe80::1%25en0]:80', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4::/64'],
    ['1:2:3:5::', '1:2:3:5::/64'],
  ])('is, for %s, %s', (given, key) => expect(keyOf(given)).toBe(key));

  it.each([
    '',
    'unknown',
    '_hidden',
    '999.1.1.1',
    '1.2.3',
    '1.2.3.4:port',
    '[::1',
    ':::',
    'a'.repeat(9999),
  ])('is nobody in particular for %s', (given) => expect(keyOf(given)).toBeNull());
});

/** The status of a probe that says it was forwarded for someone; left at once. */
async function probe(url: string, forwardedFor: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'x-forwarded-for': forwardedFor };
    const asking = httpRequest(`${url}/api/probe`, { headers }, (response) => {
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    asking.on('error', reject).end();
  });
}

async function admitted(url: string, addresses: readonly string[]): Promise<number> {
  const statuses: number[] = [];
  for (const address of addresses) statuses.push(await probe(url, address));
  return statuses.filter((status) => status === 200).length;
}

const times = <Item>(count: number, make: (index: number) => Item) =>
  Array.from({ length: count }, (_, index) => make(index));

describe('behind a proxy that is trusted', () => {
  it('no new port and no new address of one network gets around a limit', async () => {
    const server = await startTestServer({ trustProxy: 1 });
    expect(
      await admitted(
        server.url,
        times(14, (port) => `198.51.100.1:${1000 + port}`),
      ),
    ).toBe(12);
    expect(
      await admitted(
        server.url,
        times(14, (host) => `[2001:db8:1:1::${host}]:443`),
      ),
    ).toBe(12);
    expect(
      await admitted(
        server.url,
        times(14, (turn) => `garbage-${turn}`),
      ),
    ).toBe(12);
    expect(
      await admitted(
        server.url,
        times(14, (turn) => `garbage-${turn}, 203.0.113.9`),
      ),
    ).toBe(12);
    expect(await probe(server.url, '2001:db8:1:2::1')).toBe(200);
    await server.stop();
  });

  it('a trusted address is known with its port', async () => {
    const server = await startTestServer({ trustProxy: ['127.0.0.1', '10.0.0.0/8'] });
    const by = (port: number) => `198.51.100.${port}:99, 10.1.2.3:${port}`;
    expect(await admitted(server.url, times(14, by))).toBe(14);
    await server.stop();
  });
});
