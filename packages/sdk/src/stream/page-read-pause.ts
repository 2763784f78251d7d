import type { ReadPause } from './read-frames.js';

/**
 * Least time between two reads of a reply in a page, in milliseconds: every read, and the paint that
 * follows it, costs its main thread more than the few characters it brings. Twenty a second read as
 * smooth. Of text that comes faster than anyone reads, ten do.
 */
const READ_PAUSE_MS = 45;
const FAST_READ_PAUSE_MS = 100;
/**
 * As many events with one read are fast: some 180 a second, and, once they are, still 80 a second, so
 * that a speed in between does not go back and forth.
 */
const FAST_EVENTS = 8;

/** How long a page waits before it reads on. */
export const pageReadPause: ReadPause = (events) =>
  events < FAST_EVENTS ? READ_PAUSE_MS : FAST_READ_PAUSE_MS;
