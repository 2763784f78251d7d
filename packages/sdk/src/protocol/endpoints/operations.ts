import { z } from 'zod';
import { modelSchema } from '../parameters.js';
import { nextCursorSchema } from '../primitives.js';
import { probeQuerySchema } from '../probe.js';
import type { Endpoint } from './endpoint.js';

/** What the server has to offer, and how it is. */
export const operationEndpoints = {
  listModels: {
    method: 'GET',
    path: '/models',
    tag: 'models',
    summary: 'Models and what each makes of every parameter',
    auth: 'user',
    status: 200,
    response: z.object({ models: z.array(modelSchema), next_cursor: nextCursorSchema }),
    errors: [],
  },
  health: {
    method: 'GET',
    path: '/health',
    tag: 'operations',
    summary: 'Whether the process answers',
    auth: 'none',
    status: 200,
    response: z.object({ status: z.literal('ok'), version: z.string() }),
    errors: [],
  },
  ready: {
    method: 'GET',
    path: '/ready',
    tag: 'operations',
    summary: 'Whether the process can serve: its database takes writes and it is not draining',
    auth: 'none',
    status: 200,
    response: z.object({
      status: z.literal('ready'),
      /** Only on servers of many nodes; `degraded`: this node serves, but on its own. */
      redis: z.enum(['connected', 'degraded']).optional(),
      /** Replies that have ended and wait in memory for the database to take them; absent for none. */
      unsaved_replies: z.number().int().optional(),
    }),
    errors: ['storage_unavailable', 'shutting_down'],
  },
  probeStream: {
    method: 'GET',
    path: '/probe',
    tag: 'operations',
    summary: 'A stream of ticks over two seconds, to see whether events arrive when they are sent',
    auth: 'none',
    query: probeQuerySchema,
    status: 200,
    response: 'probe-stream',
    errors: [],
  },
  getOpenApi: {
    method: 'GET',
    path: '/openapi.json',
    tag: 'operations',
    summary: 'This API as an OpenAPI 3.1 document',
    auth: 'none',
    status: 200,
    response: z.looseObject({ openapi: z.string() }),
    errors: [],
  },
  getDocs: {
    method: 'GET',
    path: '/docs',
    tag: 'operations',
    summary: 'This API as a page to read',
    auth: 'none',
    status: 200,
    response: 'html',
    errors: [],
  },
  getMetrics: {
    method: 'GET',
    path: '/metrics',
    tag: 'operations',
    summary: 'Counters for Prometheus, for those who hold the metrics token',
    auth: 'none',
    status: 200,
    response: 'text',
    errors: ['not_found'],
  },
} as const satisfies Record<string, Endpoint>;
