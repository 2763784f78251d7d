const EXAMPLE = 'http://localhost:5001';

/**
 * Where the Chat Playground server is, as a browser reaches it: NEXT_PUBLIC_API_BASE_URL is its
 * origin, NEXT_PUBLIC_API_URL the same with `/api`; either is enough.
 *
 * The names are looked up when this runs. Written out as `process.env.NAME`, Next would put the
 * values of the build in their place.
 *
 * @returns the address without `/api` and without a slash at the end
 * @throws Error naming the variable that is missing or wrong, and what it should be
 */
export function serverAddress(env: Readonly<Record<string, string | undefined>>): string {
  const base = readAddress(env, 'NEXT_PUBLIC_API_BASE_URL');
  const api = readAddress(env, 'NEXT_PUBLIC_API_URL');
  if (base?.endsWith('/api')) {
    throw new Error(
      `NEXT_PUBLIC_API_BASE_URL is "${base}"; leave out /api, or name it NEXT_PUBLIC_API_URL.`,
    );
  }
  if (api !== null && !api.endsWith('/api')) {
    throw new Error(
      `NEXT_PUBLIC_API_URL is "${api}"; it must end in /api, such as ${EXAMPLE}/api.`,
    );
  }
  const fromApi = api?.slice(0, -'/api'.length) ?? null;
  if (base !== null && fromApi !== null && base !== fromApi) {
    throw new Error(
      `NEXT_PUBLIC_API_BASE_URL ("${base}") and NEXT_PUBLIC_API_URL ("${api}") name two servers; keep one.`,
    );
  }
  const address = base ?? fromApi;
  if (address === null) {
    throw new Error(
      `Say where the server is: set NEXT_PUBLIC_API_BASE_URL, for instance to ${EXAMPLE}, in .env.local.`,
    );
  }
  return address;
}

/** @returns null when it is not set */
function readAddress(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
): string | null {
  const value = env[name]?.trim() ?? '';
  if (value === '') return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  const isPlain = url?.search === '' && url.hash === '' && url.username === '';
  if (url === null || !isPlain || !/^https?:$/.test(url.protocol)) {
    throw new Error(
      `${name} is "${value}"; it must be an http or https address, such as ${EXAMPLE}.`,
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
