import { ok, skipped, warning, type Outcome } from './finding.js';
import type { Visit } from './visit.js';

const HASHED_SCRIPT = /(?:src|href)="(?<path>[^"]*assets\/[^"]+\.js)"/;
/** What changes its name with its content can be kept for good; less than a week is a waste. */
const MIN_KEPT_SECONDS = 7 * 24 * 60 * 60;

/** Whether the playground's own files travel small and once. */
export async function checkAssets(visit: Visit): Promise<Outcome> {
  const page = await visit.ask('', { headers: { accept: 'text/html' } });
  const html = await page.text();
  const path = HASHED_SCRIPT.exec(html)?.groups?.['path'];
  if (page.status !== 200 || path === undefined)
    return skipped('No playground page is served here.');
  if (keptSeconds(page.headers) > 0) {
    return warning(
      'The page itself is kept by browsers, so that a new version reaches them late.',
      'Let the proxy pass cache-control on as it is, or set no-cache for HTML.',
    );
  }
  const script = await visit.ask(path, { headers: { 'accept-encoding': 'br, gzip' } });
  await script.body?.cancel();
  const { headers } = script;
  if (keptSeconds(headers) < MIN_KEPT_SECONDS) {
    return warning(
      `${path} is asked for at every visit (cache-control: ${headers.get('cache-control') ?? 'none'}).`,
      'Let the proxy pass cache-control on as it is: names under assets/ change with their content.',
    );
  }
  const encoding = headers.get('content-encoding');
  if (encoding !== null) return ok(`Compressed (${encoding}), and kept by browsers.`);
  return warning(
    `${path} travels uncompressed.`,
    'Let the proxy pass Accept-Encoding on to the server, or compress there all but text/event-stream.',
  );
}

function keptSeconds(headers: Headers): number {
  const control = headers.get('cache-control') ?? '';
  if (/no-cache|no-store/.test(control)) return 0;
  return Number(/max-age=(\d+)/.exec(control)?.[1] ?? 0);
}
