import { describe, expect, it } from 'vitest';
import { readBaseUrl } from './base-url.js';

describe('a base address', () => {
  it.each([
    ['https://api.example.org/v1', 'https://api.example.org/v1'],
    ['  https://api.example.org/v1///\n', 'https://api.example.org/v1'],
    ['https://api.example.org/v1/chat/completions', 'https://api.example.org/v1'],
    ['https://api.example.org/v1//chat/completions/', 'https://api.example.org/v1'],
    ['https://api.example.org/chat/completions', 'https://api.example.org/home'],
    ['https://api.example.org/v1/models', 'https://api.example.org/v1'],
    ['https://api.example.org/v1/completions', 'https://api.example.org/v1'],
    // Azure's inference endpoint is found below this.
    ['https://x.example.org/models', 'https://x.example.org/models'],
    [
      'https://x.example.org/models/chat/completions?api-version=2',
      'https://x.example.org/models?api-version=2',
    ],
    [
      'https://x.example.org/openai/deployments/d/?api-version=2024-10-21',
      'https://x.example.org/openai/deployments/d?api-version=2024-10-21',
    ],
    ['HTTP://localhost:8000', 'http://localhost:8000/home'],
    ['http://localhost:8000/?a=b', 'http://localhost:8000/home?a=b'],
    ['http://[::1]:8000/v1', 'http://[::1]:8000/v1'],
  ])('works as %s', (given, url) => {
    expect(readBaseUrl(given, '/home')).toEqual({ url });
    // What comes out goes in again.
    expect(readBaseUrl(url, '/home')).toEqual({ url });
  });

  it.each([
    ['', /is empty/],
    ['localhost:8000/v1', /http:\/\/ or https:\/\/ in front/],
    ['api.example.org/v1', /http:\/\/ or https:\/\/ in front/],
    ['ftp://api.example.org/v1', /http or https/],
    ['https://', /http or https/],
    ['https://api.example.org/v1 /x', /spaces/],
    ['https://user:hunter2@api.example.org/v1', /user name or a password/],
    ['https://api.example.org/v1#x', /#/],
    ['http://localhost:11434/api/chat', /Ollama's own.*\/v1/],
    ['https://api.example.org/v1/responses', /another protocol/],
    ['https://api.example.org/v1/messages/', /another protocol/],
  ])('is refused as %j', (given, problem) => {
    const read = readBaseUrl(given, '');
    expect(read).toMatchObject({ problem: expect.stringMatching(problem) });
    expect(JSON.stringify(read)).not.toContain('hunter2');
  });
});
