/** Paths of the calls themselves, which many documents show instead of the base address. */
const CHAT_CALL = /\/chat\/completions$/;
/** Where no version is in front, an address may end in this by right. */
const OTHER_CALLS = /(\/v\d\w*)\/(completions|models)$/;
/** Paths that speak another protocol. */
const OTHER_PROTOCOLS: readonly (readonly [RegExp, string])[] = [
  [/\/api\/(chat|generate|tags)$/, "is Ollama's own protocol; write the address that ends in /v1"],
  [
    /\/(responses|messages)$/,
    'is another protocol; write the address below which /chat/completions is found',
  ],
];

/** A base address, or what is wrong with it in words that go on after its name. */
export type BaseUrlReading = { url: string } | { problem: string };

/**
 * Reads a base address as operators write it: with slashes at its end, with the path of a call, with
 * a query that every request needs (`?api-version=…`). What comes out has no slash at its path's end.
 *
 * @param homePath path of the dialect's own servers, which an address without any path is given
 */
export function readBaseUrl(given: string, homePath: string): BaseUrlReading {
  const text = given.trim();
  const problem = problemOf(text);
  if (problem !== undefined) return { problem };
  const { origin, pathname, search } = new URL(text);
  const path = pathname.replace(/\/+/g, '/').replace(/\/$/, '');
  const base = path.replace(CHAT_CALL, '').replace(OTHER_CALLS, '$1');
  return { url: `${origin}${base || homePath}${search}` };
}

function problemOf(text: string): string | undefined {
  if (text === '') return 'is empty; write an address such as https://api.openai.com/v1';
  if (/\s/.test(text)) return 'must not hold spaces';
  if (!/^https?:\/\//i.test(text)) {
    return 'must be an http or https address such as https://api.openai.com/v1: write http:// or https:// in front';
  }
  if (!URL.canParse(text))
    return 'must be an http or https address such as https://api.openai.com/v1';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    return 'must not hold a user name or a password; put them into headers, as "authorization"';
  }
  if (url.hash !== '') return 'must not hold a #';
  const path = url.pathname.replace(/\/+$/, '');
  return OTHER_PROTOCOLS.find(([pattern]) => pattern.test(path))?.[1];
}
