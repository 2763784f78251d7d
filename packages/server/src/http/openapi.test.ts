import { endpoints, ERROR_STATUS, streamEventSchemas } from '@chat-playground/sdk/protocol';
import { describe, expect, it } from 'vitest';
import { createOpenApi } from './openapi.js';

interface Operation {
  parameters: { name: string; in: string; required: boolean }[];
  requestBody?: { content: Record<string, { schema: Record<string, unknown> }> };
  responses: Record<string, { content: Record<string, unknown> }>;
  security: unknown[];
}

const { paths, ...document } = createOpenApi('1.2.3') as unknown as {
  openapi: string;
  info: { version: string };
  paths: Record<string, Record<string, Operation>>;
};

describe('the OpenAPI document', () => {
  it('has every endpoint and nothing else', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', info: { version: '1.2.3' } });
    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    );
    const served = Object.values(endpoints).map(
      ({ method, path }) => `${method.toLowerCase()} /api${path.replaceAll(/:(\w+)/g, '{$1}')}`,
    );
    expect(described.toSorted()).toEqual(served.toSorted());
  });

  it('says what a send takes, from the schema that checks it', () => {
    const send = paths['/api/chats']?.['post'];
    expect(send?.requestBody?.content['application/json']?.schema).toMatchObject({
      type: 'object',
      properties: {
        message: { type: 'string', maxLength: 200_000, default: '' },
        parameters: { properties: { temperature: { type: 'number' } } },
      },
    });
    expect(send?.parameters).toContainEqual(
      expect.objectContaining({ name: 'idempotency-key', in: 'header', required: false }),
    );
    expect(send?.security).toEqual([{ token: [] }]);
  });

  it('lists each status an endpoint can answer with', () => {
    const statuses = (path: string, method: string) =>
      Object.keys(paths[path]?.[method]?.responses ?? {}).map(Number);
    expect(statuses('/api/chats/restore', 'post')).toEqual(
      expect.arrayContaining([200, 400, 401, 404, 409, 413, 415, 429, 500, 503]),
    );
    expect(statuses('/api/health', 'get')).toEqual(expect.arrayContaining([200, 500]));
    const known = new Set<number>([...Object.values(ERROR_STATUS), 200, 201]);
    for (const operations of Object.values(paths)) {
      for (const { responses } of Object.values(operations)) {
        for (const status of Object.keys(responses)) expect(known).toContain(Number(status));
      }
    }
  });

  it('says that a stream is one', () => {
    const stream = paths['/api/chats/stream']?.['get'];
    expect(Object.keys(stream?.responses['200']?.content ?? {})).toEqual(['text/event-stream']);
    const { schema } = stream?.responses['200']?.content['text/event-stream'] as {
      schema: { oneOf: { properties: { event: { const: string } } }[] };
    };
    const events = schema.oneOf.map(({ properties }) => properties.event.const);
    expect(events).toEqual(Object.keys(streamEventSchemas));
    expect(stream?.parameters).toContainEqual(
      expect.objectContaining({ name: 'chat_id', in: 'query', required: true }),
    );
  });
});
