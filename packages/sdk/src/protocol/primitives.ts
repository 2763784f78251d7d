import { z } from 'zod';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from './limits.js';

/** Text that every database and every JSON reader can hold: well-formed UTF-16 without NUL. */
export const textSchema = z
  .string()
  .refine((value) => value.isWellFormed(), 'must be well-formed Unicode text')
  .refine((value) => !value.includes('\u0000'), 'must not contain NUL characters');

/** An identifier made by the server: a UUID (version 7) in its lower-case textual form. */
export const idSchema = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'must be an id (UUID)');

/** A moment, as an RFC 3339 string in UTC with milliseconds. */
export const timestampSchema = z.iso.datetime({ precision: 3 });

/** `limit` and `cursor` of every list. The cursor is opaque: pass back what `next_cursor` held. */
export const pageQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
  cursor: z.string().max(500).optional(),
});

/** The `next_cursor` of a page; null on the last one. */
export const nextCursorSchema = z.string().nullable();

/** What a verb with nothing else to say answers. */
export const confirmationSchema = z.object({ message: z.string() });
