/** The names a browser may know this server by. */
export interface AllowedHosts {
  /** @param host the `Host` header; who sends none is no browser */
  isAllowed(host: string | undefined): boolean;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

interface Hosts {
  /** What the server listens on. */
  host: string;
  trustProxy: number | readonly string[];
  corsOrigins: readonly string[];
  /** Names, of a machine or with a port. */
  allowedHosts: readonly string[];
}

/**
 * Against pages whose name their owner has rebound to this machine: to the browser such a page and
 * this server are one site, and only the name tells them apart. Names are looked at where nobody but
 * this machine is to reach the server, and wherever names are configured. A proxy in front knows its
 * own names, and passes them on.
 */
export function createAllowedHosts(hosts: Hosts): AllowedHosts {
  const { host, corsOrigins, allowedHosts, trustProxy } = hosts;
  const own = hostname(host.includes(':') && !host.startsWith('[') ? `[${host}]` : host);
  const isPrivate = own !== null && LOOPBACK.test(own) && trustProxy === 0;
  if (allowedHosts.includes('*') || (!isPrivate && allowedHosts.length === 0)) {
    return { isAllowed: () => true };
  }
  const origins = corsOrigins
    .filter((origin) => origin !== '*')
    .map((origin) => new URL(origin).host);
  const known = new Set([own, ...[...origins, ...allowedHosts].map(hostname)]);
  return {
    isAllowed(given) {
      if (given === undefined) return true;
      const name = hostname(given);
      return name !== null && (LOOPBACK.test(name) || known.has(name));
    },
  };
}

/** In one spelling, without the port and the root's dot; null for what can be no host. */
function hostname(host: string): string | null {
  if (/[/?#@\\\s]/.test(host) || !URL.canParse(`http://${host}`)) return null;
  return new URL(`http://${host}`).hostname.replace(/\.$/, '');
}

/** What whoever is turned away reads: the operator among them. */
export function refusalOf(host: string | undefined): string {
  return `This server is not known as "${(host ?? '').slice(0, 100)}"; if that is a name of it, add it to ALLOWED_HOSTS.`;
}
