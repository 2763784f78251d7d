import { describe, expect, it } from 'vitest';
import type { HttpClient } from '../http/http-client.js';
import { failureOf } from '../test-support/failure-of.js';
import { readExport } from './read-export.js';

const LINE = '{"kind":"user","user":{"username":"สมชาย"}}';
const encode = (text: string) => new TextEncoder().encode(text);

/** The connection alone is played: what comes over it, and how it ends. */
function exportOf(chunks: readonly Uint8Array[], ending: 'end' | 'break' | 'hang' = 'end') {
  const left = [...chunks];
  const state = { isCancelled: false };
  const open: HttpClient['open'] = async (_, deadline) => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        deadline.signal.addEventListener('abort', () => controller.error(deadline.signal.reason));
      },
      pull(controller) {
        const chunk = left.shift();
        if (chunk) return controller.enqueue(chunk);
        if (ending === 'end') controller.close();
        if (ending === 'break') controller.error(new TypeError('connection reset'));
        return undefined;
      },
      cancel: () => void (state.isCancelled = true),
    });
    return new Response(body);
  };
  const closed = new AbortController().signal;
  const http = { open } as HttpClient;
  return { lines: (timeoutMs = 30_000) => readExport({ http, timeoutMs, closed }), state };
}

async function read(lines: AsyncIterable<unknown>) {
  const all: unknown[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

describe('an export', () => {
  it('is read line by line, wherever its bytes were cut', async () => {
    const bytes = encode(`${LINE}\n\n${LINE}`);
    const expected = [JSON.parse(LINE), JSON.parse(LINE)];
    for (let at = 0; at <= bytes.length; at += 1) {
      const { lines } = exportOf([bytes.subarray(0, at), bytes.subarray(at)]);
      expect(await read(lines()), `cut at ${String(at)}`).toEqual(expected);
    }
  });

  it('fails where it breaks off, and where a line is of another make', async () => {
    const broken = exportOf([encode(`${LINE}\n`)], 'break').lines();
    expect((await failureOf(read(broken))).code).toBe('network');
    for (const line of ['<html>', '7', '{}']) {
      const { lines } = exportOf([encode(`${line}\n`)]);
      expect((await failureOf(read(lines()))).code).toBe('invalid_response');
    }
  });

  it('fails when the server goes silent, not while its reader takes a while', async () => {
    const silent = exportOf([encode(`${LINE}\n`)], 'hang').lines(20);
    expect((await failureOf(read(silent))).code).toBe('timeout');
  });

  it('lets go of the connection when the loop is left', async () => {
    const { lines, state } = exportOf([encode(`${LINE}\n${LINE}\n`)], 'hang');
    for await (const line of lines()) if (line) break;
    expect(state.isCancelled).toBe(true);
  });
});
