import { API_PREFIX } from '@chat-playground/sdk/protocol';
import express, { type Express } from 'express';
import type { Logger as PinoLogger } from 'pino';
import { answerNotFound, createErrorMiddleware } from './http/errors.js';
import type { AllowedHosts } from './domain/allowed-hosts.js';
import type { AllowedOrigins } from './domain/allowed-origins.js';
import { cleanForwardedFor } from './http/client-address.js';
import { createPage } from './http/page.js';
import {
  createCompression,
  createCors,
  createHostCheck,
  createSecurityHeaders,
  forbidStoring,
} from './http/protect.js';
import { assignRequestId } from './http/request-id.js';
import { createRequestLog } from './http/request-log.js';
import { createRouter, type RouterDeps } from './http/router.js';
import { createWidgetFiles, WIDGET_PREFIX } from './http/widget-files.js';

export interface AppDeps extends RouterDeps {
  logger: PinoLogger;
  origins: AllowedOrigins;
  hosts: AllowedHosts;
  /** Express's `trust proxy`: how many proxies in front are ours, or which. */
  trustProxy: number | string[];
  /** Folder of the built playground page. */
  playgroundDirectory: string;
  /** Folder of the widget as one file for a script tag. */
  standaloneDirectory: string;
}

/** The HTTP side, whole but for a port to listen on. */
export function createApp(deps: AppDeps): Express {
  const app = express();
  app.set('trust proxy', deps.trustProxy);
  app.set('etag', false);
  app.disable('x-powered-by');
  app.use(
    assignRequestId,
    cleanForwardedFor,
    createRequestLog(deps.logger),
    createSecurityHeaders(),
    createHostCheck(deps.hosts),
    createCors(deps.origins),
    createCompression(),
  );
  app.use(API_PREFIX, forbidStoring, createRouter(deps), answerNotFound);
  app.use(WIDGET_PREFIX, createWidgetFiles(deps.standaloneDirectory));
  app.use(createPage(deps.playgroundDirectory, deps.prefixOf));
  app.use(answerNotFound, createErrorMiddleware(deps.logger));
  return app;
}
