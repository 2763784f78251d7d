import { isIPv4, isIPv6 } from 'node:net';
import type { NextFunction, Request, Response } from 'express';

const FORWARDED_FOR = 'x-forwarded-for';
/** `[2001:db8::1]:443`, `[::1]` */
const BRACKETED = /^\[([^\]]*)\](?::\d+)?$/;
/** `192.0.2.1:5678` */
const WITH_PORT = /^([\d.]+):\d+$/;
const GROUPS = 8;
/** The network that one customer has, at the least; within it everyone chooses addresses at will. */
const GROUPS_OF_NETWORK = 4;

/** Some proxies add the port. Done before Express looks for the first address that is no proxy's. */
export function cleanForwardedFor(request: Request, _response: Response, next: NextFunction): void {
  const given = request.get(FORWARDED_FOR);
  if (given !== undefined) {
    request.headers[FORWARDED_FOR] = given.split(',').map(plainAddress).join(', ');
  }
  next();
}

/**
 * Whom limits by address count: an IPv4 address, or an IPv6 network of 64 bits, in one spelling. A
 * proxy's word that is no address (`unknown`) counts as the proxy itself.
 */
export function addressKey(request: Pick<Request, 'ip' | 'socket'>): string {
  return keyOf(request.ip ?? '') ?? keyOf(request.socket.remoteAddress ?? '') ?? 'unknown';
}

/** Without port, brackets, quotes and the zone, which only means something to that machine. */
export function plainAddress(text: string): string {
  const address = text.trim().replace(/^"(.*)"$/, '$1');
  const [, inside] = BRACKETED.exec(address) ?? WITH_PORT.exec(address) ?? [];
  return (inside ?? address).replace(/%.*$/, '');
}

/** @returns null for what is no address */
export function keyOf(text: string): string | null {
  const address = plainAddress(text);
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return null;
  const groups = groupsOf(address);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped)
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 255])
      .join('.');
  const network = groups.slice(0, GROUPS_OF_NETWORK).map((group) => group.toString(16));
  return `${network.join(':')}::/64`;
}

/** The eight groups of an address; the URL parser has brought it into its shortest form. */
function groupsOf(address: string): number[] {
  const { hostname } = new URL(`http://[${address}]`);
  const [before = [], after = []] = hostname
    .slice(1, -1)
    .split('::')
    .map((part) => (part === '' ? [] : part.split(':').map((group) => parseInt(group, 16))));
  const zeros = Array<number>(GROUPS - before.length - after.length).fill(0);
  return [...before, ...zeros, ...after];
}
