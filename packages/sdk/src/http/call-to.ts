import type { HttpRequest } from './http-client.js';

/** A call whose values cannot lead out of their places in the path: ``callTo`GET /chats/${id}` ``. */
export function callTo(
  texts: TemplateStringsArray,
  ...ids: readonly string[]
): `${HttpRequest['method']} /${string}` {
  return String.raw(texts, ...ids.map(encodeURIComponent)) as 'GET /';
}
