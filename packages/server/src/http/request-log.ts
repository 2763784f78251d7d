import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import type { Logger as PinoLogger } from 'pino';
import { pinoHttp } from 'pino-http';
import { requestIdOf } from './request-id.js';

/**
 * A line for each request: which, by its path alone, how it went and how long it took. Headers,
 * query and bodies are left out, as they hold tokens and what people write.
 */
export function createRequestLog(logger: PinoLogger): RequestHandler {
  return pinoHttp({
    logger,
    genReqId: (_request, response) => requestIdOf(response),
    customAttributeKeys: { reqId: 'request_id', responseTime: 'duration_ms' },
    quietReqLogger: true,
    wrapSerializers: false,
    serializers: {
      req: ({ method, url }: IncomingMessage) => ({ method, path: pathOf(url) }),
      res: ({ statusCode }: ServerResponse) => ({ status: statusCode }),
      err: ({ name, code }: { name?: string; code?: string }) => ({ name, code }),
    },
    customLogLevel: (_request, response) => (response.statusCode >= 500 ? 'error' : 'info'),
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request failed',
  });
}

function pathOf(url: string | undefined): string | undefined {
  return url?.split('?', 1)[0];
}
