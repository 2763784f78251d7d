import { describe, expect, it } from 'vitest';
import { nextPage } from '../../examples/nextjs-host/account/next-page.js';
import { serverAddress } from '../../examples/nextjs-host/server-address.js';

const BASE = 'NEXT_PUBLIC_API_BASE_URL';
const API = 'NEXT_PUBLIC_API_URL';

describe('the address of the server', () => {
  it.each([
    [{ [BASE]: 'https://chat.example.com' }, 'https://chat.example.com'],
    [{ [BASE]: ' https://chat.example.com/ ', [API]: '' }, 'https://chat.example.com'],
    [{ [API]: 'https://chat.example.com/api/' }, 'https://chat.example.com'],
    [{ [API]: 'https://example.com/chat/api' }, 'https://example.com/chat'],
    [
      { [BASE]: 'http://localhost:5001', [API]: 'http://localhost:5001/api' },
      'http://localhost:5001',
    ],
  ])('of %j is %s', (env, address) => {
    expect(serverAddress(env)).toBe(address);
  });

  it.each([
    [{}, `set ${BASE}`],
    [{ [BASE]: 'chat.example.com' }, `${BASE} is "chat.example.com"; it must be an http`],
    [{ [BASE]: 'ftp://chat.example.com' }, `${BASE} is "ftp://`],
    [{ [BASE]: 'https://chat.example.com/?a=b' }, `${BASE} is "https://chat.example.com/?a=b"`],
    [{ [BASE]: 'https://chat.example.com/api' }, 'leave out /api'],
    [{ [API]: 'https://chat.example.com' }, 'must end in /api'],
    [{ [BASE]: 'https://a.example', [API]: 'https://b.example/api' }, 'two servers; keep one'],
  ])('of %j is refused: %s', (env, words) => {
    expect(() => serverAddress(env)).toThrow(words);
  });
});

describe('the page to go to after signing in', () => {
  it.each([
    ['/chat/1', '/chat/1'],
    [undefined, '/'],
    [['/a', '/b'], '/'],
    ['https://elsewhere.example/', '/'],
    ['//elsewhere.example/', '/'],
    ['/\\elsewhere.example', '/'],
    ['/.//elsewhere.example', '/'],
    ['javascript:alert(1)', '/'],
  ])('for %j is %s', (asked, path) => {
    expect(nextPage(asked)).toBe(path);
  });
});
