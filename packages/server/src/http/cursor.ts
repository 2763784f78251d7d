import { idSchema } from '@chat-playground/sdk/protocol';
import { z } from 'zod';
import { invalidRequest } from './validate.js';

/** Where a page of chats begins: after this one. Short names, for it travels in addresses. */
export const chatCursorSchema = z.strictObject({
  p: z.boolean(),
  u: z.number().int(),
  i: idSchema,
});

/** Where a page of messages begins: at this one. */
export const messageCursorSchema = z.strictObject({ l: idSchema });

/** Where a page of a list ordered by id begins: after this one. */
export const idCursorSchema = z.strictObject({ i: idSchema });

/** An opaque cursor: nobody should look inside, and nothing breaks for those who do. */
export function encodeCursor<Schema extends z.ZodType>(_: Schema, value: z.output<Schema>): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** @throws DomainError `invalid_request` naming `query.cursor` */
export function decodeCursor<Schema extends z.ZodType>(
  schema: Schema,
  cursor: string | undefined,
): z.output<Schema> | undefined {
  if (cursor === undefined) return undefined;
  const parsed = schema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (parsed.success) return parsed.data;
  throw invalidRequest([
    { field: 'query.cursor', message: 'must be the next_cursor of an earlier page' },
  ]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: as wrong as any other shape, which the schema will say.
    return undefined;
  }
}
