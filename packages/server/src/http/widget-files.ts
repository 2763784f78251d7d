import { join } from 'node:path';
import express, { Router } from 'express';
import { findPlaygroundDirectory } from './page.js';

/** Below it is the file for other sites' script tags; a promise to their pages, like the API's prefix. */
export const WIDGET_PREFIX = '/widget';

/** Where the widget package keeps the file for a script tag; it may not have been built yet. */
export function findStandaloneDirectory(): string {
  return join(findPlaygroundDirectory(), '../standalone');
}

/**
 * Serves `/chat-playground.js` and, below `/chunks`, what it fetches later, to pages of any site: it
 * is code that anyone may have, and what it may ask of the API is another question.
 */
export function createWidgetFiles(directory: string): Router {
  const router = Router();
  // Their names carry a hash of their content, so they never change.
  router.use(
    '/chunks',
    express.static(join(directory, 'chunks'), {
      ...FILES,
      setHeaders: (response) => response.set(FOR_ANY_PAGE),
      immutable: true,
      maxAge: '1y',
    }),
  );
  router.use(
    express.static(directory, {
      ...FILES,
      // Asked about each time, for it names the chunks of the newest build.
      setHeaders: (response) => response.set({ ...FOR_ANY_PAGE, 'cache-control': 'no-cache' }),
    }),
  );
  return router;
}

const FOR_ANY_PAGE = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
};
/** Anything odd about a path falls through, and so is answered like any file that is not there. */
const FILES = { index: false, redirect: false, dotfiles: 'ignore', fallthrough: true } as const;
