import type { z } from 'zod';
import { accountEndpoints } from './endpoints/accounts.js';
import { chatEndpoints } from './endpoints/chats.js';
import type { Endpoint } from './endpoints/endpoint.js';
import { messageEndpoints } from './endpoints/messages.js';
import { operationEndpoints } from './endpoints/operations.js';
import { presetEndpoints } from './endpoints/presets.js';
import { usageEndpoints } from './endpoints/usage.js';

export type { Endpoint } from './endpoints/endpoint.js';

/**
 * The whole HTTP surface. The server routes, validates and documents from this table; a route that
 * is not here does not exist. Order matters where a literal segment and a parameter compete, which
 * is why messages come before chats.
 */
export const endpoints = {
  ...accountEndpoints,
  ...messageEndpoints,
  ...chatEndpoints,
  ...presetEndpoints,
  ...usageEndpoints,
  ...operationEndpoints,
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof endpoints;
type EndpointOf<Name extends EndpointName> = (typeof endpoints)[Name];
type Part<Name extends EndpointName, Key extends string> =
  EndpointOf<Name> extends Record<Key, infer Schema extends z.ZodType> ? Schema : never;

/** What a caller may pass as body, before defaults. */
export type BodyOf<Name extends EndpointName> = z.input<Part<Name, 'body'>>;
/** What a caller may pass as query, before defaults. */
export type QueryOf<Name extends EndpointName> = z.input<Part<Name, 'query'>>;
/** What an endpoint answers. */
export type ResponseOf<Name extends EndpointName> = z.output<Part<Name, 'response'>>;
/** Body, query and path parameters after validation, as a handler sees them. */
export type ValidatedOf<Name extends EndpointName> = {
  body: z.output<Part<Name, 'body'>>;
  query: z.output<Part<Name, 'query'>>;
  params: z.output<Part<Name, 'params'>>;
};
