import {
  API_PREFIX,
  endpoints,
  errorBodySchema,
  ERROR_STATUS,
  IDEMPOTENCY_HEADER,
  probeTickSchema,
  REQUEST_ID_HEADER,
  streamEventSchemas,
  type Endpoint,
  type ErrorCode,
} from '@chat-playground/sdk/protocol';
import { z } from 'zod';

type Json = Record<string, unknown>;

/** Codes any endpoint may answer with, beside those of its own. */
const ALWAYS: readonly ErrorCode[] = ['invalid_request', 'rate_limited', 'internal'];
const WITH_BODY: readonly ErrorCode[] = ['payload_too_large', 'unsupported_media_type'];
const SIGNED_IN: readonly ErrorCode[] = ['unauthenticated', 'token_expired', 'session_revoked'];
const STREAM = 'Server-sent events, each as described; the data of each is JSON.';
const WITH_STORAGE: readonly ErrorCode[] = ['storage_unavailable'];

/** The API as an OpenAPI 3.1 document, from the very schemas that validate. */
export function createOpenApi(version: string): { openapi: string } & Json {
  const paths: Record<string, Json> = {};
  for (const [name, endpoint] of Object.entries(endpoints) as [string, Endpoint][]) {
    const path = API_PREFIX + endpoint.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(name, endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Chat Playground',
      version,
      description: 'Accounts, chats, streamed replies and live updates.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    paths,
    components: {
      schemas: { Error: toJsonSchema(errorBodySchema, 'output') },
      securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}

function operation(name: string, endpoint: Endpoint): Json {
  return {
    operationId: name,
    tags: [endpoint.tag],
    summary: endpoint.summary,
    security: endpoint.auth === 'none' ? [] : [{ token: [] }],
    parameters: [
      ...parametersOf(endpoint.params, 'path'),
      ...parametersOf(endpoint.query, 'query'),
      ...headersOf(name, endpoint),
    ],
    ...(endpoint.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: toJsonSchema(endpoint.body, 'input') } },
      },
    }),
    responses: { [endpoint.status]: success(endpoint), ...failures(endpoint) },
  };
}

function parametersOf(schema: z.ZodObject | undefined, place: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const object = toJsonSchema(schema, 'input');
  const required = new Set((object['required'] as string[] | undefined) ?? []);
  const properties = (object['properties'] ?? {}) as Record<string, Json>;
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.has(name),
    schema: property,
  }));
}

function headersOf(name: string, endpoint: Endpoint): Json[] {
  if (name === 'sendMessage') {
    const schema = { type: 'string', minLength: 1, maxLength: 200, pattern: '^[!-~]{1,200}$' };
    return [{ name: IDEMPOTENCY_HEADER, in: 'header', required: false, schema }];
  }
  if (endpoint.response === 'event-stream') {
    const schema = { type: 'string', pattern: '^\\d{0,15}$' };
    return [{ name: 'last-event-id', in: 'header', required: false, schema }];
  }
  return [];
}

function success(endpoint: Endpoint): Json {
  const headers = responseHeaders();
  const { response, summary: description } = endpoint;
  const text = (type: string) => ({ [type]: { schema: { type: 'string' } } });
  switch (response) {
    case 'event-stream': {
      const content = { 'text/event-stream': { schema: { oneOf: streamEvents() } } };
      return { description: STREAM, headers, content };
    }
    case 'probe-stream': {
      const schema = { oneOf: ['tick', 'end'].map((name) => frame(name, probeTickSchema)) };
      return { description: STREAM, headers, content: { 'text/event-stream': { schema } } };
    }
    case 'json-lines':
      return { description, headers, content: text('application/x-ndjson') };
    case 'text':
      return { description, headers, content: text('text/plain') };
    case 'html':
      return { description, headers, content: text('text/html') };
    default: {
      const schema = toJsonSchema(response, 'output');
      return { description, headers, content: { 'application/json': { schema } } };
    }
  }
}

/** The frames of a stream, as their fields are read. */
function streamEvents(): Json[] {
  return Object.entries(streamEventSchemas).map(([event, schema]) => frame(event, schema));
}

function frame(event: string, data: z.ZodType): Json {
  return {
    type: 'object',
    properties: {
      id: { type: 'string', pattern: '^[1-9]\\d*$' },
      event: { const: event },
      data: {
        type: 'string',
        contentMediaType: 'application/json',
        contentSchema: toJsonSchema(data, 'output'),
      },
    },
    required: ['id', 'event', 'data'],
  };
}

/** Error answers by status, each naming the codes it may carry. */
function failures(endpoint: Endpoint): Record<string, Json> {
  const codes = new Set<ErrorCode>([
    ...ALWAYS,
    ...(endpoint.body ? WITH_BODY : []),
    ...(endpoint.auth === 'user' ? [...SIGNED_IN, ...WITH_STORAGE] : []),
    ...(endpoint.tag === 'auth' ? WITH_STORAGE : []),
    ...endpoint.errors,
  ]);
  const byStatus: Record<string, Json> = {};
  for (const status of new Set([...codes].map((code) => ERROR_STATUS[code]))) {
    const names = [...codes].filter((code) => ERROR_STATUS[code] === status);
    byStatus[status] = {
      description: `Error code ${names.join(', ')}.`,
      headers: responseHeaders(status),
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
    };
  }
  return byStatus;
}

function responseHeaders(status?: number): Json {
  const isTooMany = status === 429;
  return {
    [REQUEST_ID_HEADER]: { schema: { type: 'string' } },
    ...(isTooMany && {
      'retry-after': { description: 'Seconds.', schema: { type: 'integer', minimum: 0 } },
    }),
  };
}

function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  // What a check in code means, no JSON Schema can say; such a field is described by its type.
  const json: Json = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  // The document says once which dialect all of its schemas are in.
  delete json['$schema'];
  return json;
}
