import type { IncomingMessage, Server } from 'node:http';
import type { Request } from 'express';

/** A path that needs no escaping, in addresses or in HTML, and leads nowhere else. */
const PREFIX = /^(?:\/(?!\.{1,2}(?:\/|$))[\w.~-]{1,100}){1,10}$/;
const FORWARDED_PREFIX = 'x-forwarded-prefix';

export function isBasePath(text: string): boolean {
  return PREFIX.test(text);
}

/**
 * Takes the path off requests of proxies that pass it on whole, for HTTP and sockets alike. Those
 * that come without it, such as a health check beside the proxy, are served too.
 */
export function takeBasePathOff(server: Server, basePath: string): void {
  if (basePath === '') return;
  const takeOff = (request: IncomingMessage): void => {
    const { url = '' } = request;
    const rest = url.slice(basePath.length);
    if (url.startsWith(basePath) && /^(?:[/?]|$)/.test(rest)) {
      request.url = rest.startsWith('/') ? rest : `/${rest}`;
    }
  };
  // Before all others, socket.io's too, look where a request is going.
  server.prependListener('request', takeOff);
  server.prependListener('upgrade', takeOff);
}

/** Below which path whoever asks sees this server; undefined when nothing tells. */
export type PrefixOf = (request: Request) => string | undefined;

/** @param basePath as configured; without it a trusted proxy's word counts */
export function createPrefixOf(basePath: string): PrefixOf {
  return (request) => {
    if (basePath !== '') return basePath;
    const given = request.get(FORWARDED_PREFIX)?.replace(/\/+$/, '');
    if (given === undefined || !isBasePath(given)) return undefined;
    const isTrusted = request.app.get('trust proxy fn') as (
      address: string,
      hop: number,
    ) => boolean;
    return isTrusted(request.socket.remoteAddress ?? '', 0) ? given : undefined;
  };
}
