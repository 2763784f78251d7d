import { usageQuerySchema, usageSchema } from '../usage.js';
import type { Endpoint } from './endpoint.js';

/** What one has spent. */
export const usageEndpoints = {
  getUsage: {
    method: 'GET',
    path: '/usage',
    tag: 'usage',
    summary: 'Replies and tokens of one’s own, by day and model',
    auth: 'user',
    query: usageQuerySchema,
    status: 200,
    response: usageSchema,
    errors: [],
  },
} as const satisfies Record<string, Endpoint>;
