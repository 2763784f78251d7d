import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import express, { Router, type Request, type Response } from 'express';
import { DomainError } from '../domain/domain-error.js';
import type { PrefixOf } from './base-path.js';

const MISSING =
  'The playground page has not been built. Run "npm run build" in the repository, then reload.';

/** Where the widget package keeps its built playground; it may not have been built yet. */
export function findPlaygroundDirectory(): string {
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve('@chat-playground/widget/package.json')), 'dist/playground');
}

/** What the page is made of, as its build names it: relative to the page's own folder. */
const RELATIVE = /(?<=\s(?:src|href)=")\.\//g;

/** Serves the playground page at `/` and at each chat's own address, and the files it needs. */
export function createPage(directory: string, prefixOf: PrefixOf): Router {
  const router = Router();
  const sendIndex = async (request: Request, response: Response): Promise<void> => {
    const html = await readFile(join(directory, 'index.html'), 'utf8').catch((cause: unknown) => {
      throw new DomainError('not_found', MISSING, { cause });
    });
    const prefix = prefixOf(request);
    const root = prefix === undefined ? upFrom(request.path) : `${prefix}/`;
    // Asked about each time, for it names the assets of the newest build.
    response.set('cache-control', 'no-cache').type('html').send(html.replace(RELATIVE, root));
  };
  router.get('/', sendIndex);
  router.get('/chat/:chatId', sendIndex);
  // Their names carry a hash of their content, so they never change.
  router.use('/assets', express.static(join(directory, 'assets'), { ...FILES, ...FOREVER }));
  router.use(express.static(directory, FILES));
  return router;
}

/** From a page to the root: right below any path that a proxy has taken off without a word. */
function upFrom(path: string): string {
  return '../'.repeat(path.split('/').length - 2) || './';
}

/** Anything odd about a path falls through, and so is answered like any file that is not there. */
const FILES = { index: false, redirect: false, dotfiles: 'ignore', fallthrough: true } as const;
const FOREVER = { immutable: true, maxAge: '1y' } as const;
