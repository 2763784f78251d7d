const HERE = 'http://here.invalid';

/**
 * Where to go after signing in, as the address asked for it.
 *
 * @returns a path of this application; `/` for anything that would lead elsewhere
 */
export function nextPage(asked: string | string[] | undefined): string {
  if (typeof asked !== 'string' || !URL.canParse(asked, HERE)) return '/';
  const { origin, pathname } = new URL(asked, HERE);
  // `//elsewhere.example` and `/\elsewhere.example` are other sites to a browser.
  return origin === HERE && !pathname.startsWith('//') ? pathname : '/';
}
