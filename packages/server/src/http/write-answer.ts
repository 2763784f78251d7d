import { once } from 'node:events';
import type { Endpoint, ProbeEvent, StreamEvent } from '@chat-playground/sdk/protocol';
import type { Response } from 'express';
import type { Source } from '../ports/source.js';
import type { DocsPage } from './docs-page.js';
import { writeEventStream } from './sse-writer.js';

interface WriteOptions {
  /** Aborts when the reader is gone. */
  signal: AbortSignal;
  heartbeatMs: number | undefined;
}

/** Writes what a handler gave in the form its endpoint promises. */
export async function writeAnswer(
  endpoint: Endpoint,
  response: Response,
  answer: unknown,
  options: WriteOptions,
): Promise<void> {
  switch (endpoint.response) {
    // Handlers are typed by the same table, so each case is given what it says.
    case 'event-stream':
      return writeEventStream(response, answer as Source<StreamEvent>, options);
    case 'probe-stream':
      return writeEventStream(response, answer as Source<ProbeEvent>, options);
    case 'json-lines':
      return writeLines(response, answer as AsyncIterable<unknown>, options.signal);
    case 'text':
      response.set('cache-control', 'no-store').type('text/plain').send(answer);
      return;
    case 'html': {
      const { html, styleSource } = answer as DocsPage;
      const policy = `default-src 'none'; style-src ${styleSource}; frame-ancestors 'self'`;
      response.set({ 'cache-control': 'no-cache', 'content-security-policy': policy });
      response.type('text/html').send(html);
      return;
    }
    default:
      response.status(endpoint.status).set('cache-control', 'no-store').json(answer);
  }
}

/** A JSON object a line, read no faster than it is taken. */
async function writeLines(
  response: Response,
  lines: AsyncIterable<unknown>,
  signal: AbortSignal,
): Promise<void> {
  response.set({
    'content-type': 'application/x-ndjson; charset=utf-8',
    'content-disposition': 'attachment; filename="chat-playground.ndjson"',
    'cache-control': 'no-store',
  });
  for await (const line of lines) {
    if (signal.aborted) return;
    if (!response.write(`${JSON.stringify(line)}\n`)) await once(response, 'drain', { signal });
  }
  response.end();
}
