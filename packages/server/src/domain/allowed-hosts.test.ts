import { describe, expect, it } from 'vitest';
import { createAllowedHosts } from './allowed-hosts.js';

const bare = { host: '127.0.0.1', trustProxy: 0, corsOrigins: [], allowedHosts: [] };
const allows = (
  host: string | undefined,
  hosts: Partial<Parameters<typeof createAllowedHosts>[0]> = {},
) => createAllowedHosts({ ...bare, ...hosts }).isAllowed(host);

describe('a server for this machine alone', () => {
  it.each([
    'localhost',
    'localhost:5001',
    'LOCALHOST.:80',
    '127.0.0.1:1',
    '127.8.9.1',
    '[::1]',
    '[::1]:5001',
  ])('is known as %s', (host) => {
    for (const own of ['127.0.0.1', 'localhost', '::1', '127.0.0.5']) {
      expect(allows(host, { host: own })).toBe(true);
    }
  });

  it.each([
    'rebound.attacker.example:5001',
    'localhost.attacker.example',
    '127.0.0.1.attacker.example',
    '127.0.0.1@attacker.example',
    'attacker.example/localhost',
    'localhost attacker.example',
    '192.168.1.5:5001',
    '[2001:db8::1]',
    '[::ffff:7f00:1]',
    '0.0.0.0',
    '',
    ':5001',
    'a'.repeat(5_000),
  ])('is not known as %s', (host) => expect(allows(host)).toBe(false));

  it('is known by the names of its configuration, whatever their port and case', () => {
    const named = {
      allowedHosts: ['Box.local', 'dev.example:8080'],
      corsOrigins: ['https://chat.example:8443', '*'],
    };
    for (const host of ['box.local:5001', 'dev.example', 'CHAT.example']) {
      expect(allows(host, named)).toBe(true);
    }
    expect(allows('other.example', named)).toBe(false);
    expect(allows('anything.example', { allowedHosts: ['*'] })).toBe(true);
  });

  it('answers programs that name no host', () => expect(allows(undefined)).toBe(true));
});

describe('a server that others reach', () => {
  it('is known by any name, unless some are configured', () => {
    for (const open of [
      { host: '0.0.0.0' },
      { host: '::' },
      { trustProxy: 1 },
      { trustProxy: ['loopback'] },
    ]) {
      expect(allows('chat.example', open)).toBe(true);
      expect(allows('chat.example', { ...open, allowedHosts: ['other.example'] })).toBe(false);
      expect(allows('other.example:443', { ...open, allowedHosts: ['other.example'] })).toBe(true);
    }
  });
});
