import { NextResponse, type NextRequest } from 'next/server';
import { serverAddress } from './server-address';

const NONCE_BYTES = 16;

/**
 * Gives every page a strict content security policy. The session is kept where scripts of this
 * origin can read it, so nobody else's script may run here.
 */
export function proxy(request: NextRequest): NextResponse {
  // The development server runs code that a policy would refuse.
  if (process.env.NODE_ENV === 'development') return NextResponse.next();
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(NONCE_BYTES))).toString('base64');
  const policy = contentSecurityPolicy(nonce, new URL(serverAddress(process.env)).origin);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  // Next reads the nonce for its own scripts from here.
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

/** Pages only, not what they consist of. */
export const config = { matcher: '/((?!_next/|icon.svg).*)' };

function contentSecurityPolicy(nonce: string, server: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    // Menus and sliders are put into place by attributes.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    // http becomes ws, https becomes wss.
    `connect-src 'self' ${server} ${server.replace(/^http/, 'ws')}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
