import { describe, expect, it } from 'vitest';
import { proxyFor } from './proxy-rules.js';

const settings = { https: 'http://secure.proxy:1', http: 'http://plain.proxy:2' };

describe('the proxy for an address', () => {
  it('is the one for its scheme, if there is one', () => {
    expect(proxyFor('https://api.example.org/v1', settings)).toBe(settings.https);
    expect(proxyFor('http://api.example.org/v1', settings)).toBe(settings.http);
    expect(proxyFor('http://api.example.org/v1', { https: settings.https })).toBeUndefined();
    expect(proxyFor('https://api.example.org/v1', {})).toBeUndefined();
  });

  it.each([
    'http://localhost:11434',
    'http://ollama.localhost',
    'http://127.0.0.1:1',
    'http://127.8.9.1',
    'http://2130706433',
    'http://0.0.0.0:8000',
    'http://[::1]:8000',
    'http://[::ffff:127.0.0.1]',
  ])('is none for this machine: %s', (address) => {
    expect(proxyFor(address, settings)).toBeUndefined();
  });

  it.each([
    ['api.example.org', 'https://api.example.org'],
    ['example.org', 'https://api.example.org'],
    ['.example.org', 'https://api.example.org'],
    ['.example.org', 'https://example.org'],
    ['*.example.org', 'https://api.example.org'],
    ['EXAMPLE.org', 'https://API.example.org'],
    ['*', 'https://anything.example'],
    ['api.example.org:443', 'https://api.example.org'],
    ['api.example.org:8443', 'https://api.example.org:8443'],
    ['10.0.0.7', 'http://10.0.0.7:8000'],
    ['10.0.0.7:8000', 'http://10.0.0.7:8000'],
    ['10.0.0.0/8', 'http://10.9.8.7'],
    ['192.168.0.0/16', 'http://192.168.4.4'],
    ['fd00::1', 'http://[fd00::1]:8000'],
    ['[fd00::1]:8000', 'http://[fd00::1]:8000'],
    ['fd00::/8', 'http://[fd12::1]'],
  ])('is none where %s is left out: %s', (rule, address) => {
    expect(proxyFor(address, { ...settings, except: ['other.example', rule] })).toBeUndefined();
  });

  it.each([
    ['example.org', 'https://badexample.org'],
    ['api.example.org:8443', 'https://api.example.org'],
    ['10.0.0.0/8', 'http://11.0.0.1'],
    ['10.0.0.0/99', 'http://10.0.0.1'],
    ['10.0.0', 'http://10.0.0.1'],
    ['', 'https://api.example.org'],
    ['fd00::/8', 'http://10.0.0.1'],
    ['/', 'http://10.0.0.1'],
  ])('is there though %s is left out: %s', (rule, address) => {
    expect(proxyFor(address, { ...settings, except: [rule] })).toBeDefined();
  });
});
