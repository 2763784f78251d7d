import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import express, { Router, type Response } from 'express';
import { DomainError } from '../domain/domain-error.js';

const MISSING =
  'The playground page has not been built. Run "npm run build" in the repository, then reload.';

/** Where the widget package keeps its built playground; it may not have been built yet. */
export function findPlaygroundDirectory(): string {
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve('@chat-playground/widget/package.json')), 'dist/playground');
}

/** Serves the playground page at `/` and at each chat's own address, and the files it needs. */
export function createPage(directory: string): Router {
  const router = Router();
  const sendIndex = (response: Response): Promise<void> => {
    if (!existsSync(join(directory, 'index.html'))) throw new DomainError('not_found', MISSING);
    return new Promise((resolve, reject) => {
      // Asked about each time, for it names the assets of the newest build.
      const options = { root: directory, headers: { 'cache-control': 'no-cache' } };
      response.sendFile('index.html', options, (error?: Error) =>
        error && !response.headersSent ? reject(error) : resolve(),
      );
    });
  };
  router.get('/', (_request, response) => sendIndex(response));
  router.get('/chat/:chatId', (_request, response) => sendIndex(response));
  // Their names carry a hash of their content, so they never change.
  router.use('/assets', express.static(join(directory, 'assets'), { ...FILES, ...FOREVER }));
  router.use(express.static(directory, FILES));
  return router;
}

/** Anything odd about a path falls through, and so is answered like any file that is not there. */
const FILES = { index: false, redirect: false, dotfiles: 'ignore', fallthrough: true } as const;
const FOREVER = { immutable: true, maxAge: '1y' } as const;
