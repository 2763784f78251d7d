import { BlockList, isIP } from 'node:net';

/** Which proxies an operator's environment names. */
export interface ProxySettings {
  /** Address of the proxy for https addresses. */
  https?: string | undefined;
  /** Address of the proxy for http addresses. */
  http?: string | undefined;
  /**
   * What is asked without one: host names (with everything below them, with or without `.` or `*.`
   * in front), addresses, ranges such as `10.0.0.0/8`, each with a `:port` if need be, or `*`.
   */
  except?: readonly string[] | undefined;
}

/** The proxy an address is asked through; never one for this machine itself. */
export function proxyFor(address: string, settings: ProxySettings): string | undefined {
  const url = new URL(address);
  const proxy = url.protocol === 'https:' ? settings.https : settings.http;
  if (proxy === undefined) return undefined;
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  if (isLoopback(host)) return undefined;
  return settings.except?.some((rule) => matches(rule, host, port)) ? undefined : proxy;
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  return /^(127\.|0\.0\.0\.0$|::1?$|::ffff:(127\.|7f))/.test(host);
}

function matches(rule: string, host: string, port: string): boolean {
  const [, place = '', onPort] = /^(.*?)(?::(\d+))?$/.exec(rule.trim().toLowerCase()) ?? [];
  // An IPv6 address holds colons too; with a port it stands in brackets.
  const isBareIpv6 = isIP(rule.trim()) === 6 || /^[\da-f:]+\/\d+$/i.test(rule.trim());
  const name = (isBareIpv6 ? rule.trim().toLowerCase() : place).replace(/^\[|\]$/g, '');
  if (!isBareIpv6 && onPort !== undefined && onPort !== port) return false;
  if (name === '*') return true;
  if (name === '') return false;
  if (isIP(host) !== 0) return isWithin(name, host);
  const domain = name.replace(/^\*?\./, '');
  return host === domain || host.endsWith(`.${domain}`);
}

/** Whether an address is another, or in its range. */
function isWithin(range: string, address: string): boolean {
  const [base = '', bits] = range.split('/');
  const family = isIP(base) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(base) === 0) return false;
  const list = new BlockList();
  if (bits === undefined) list.addAddress(base, family);
  else if (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 'ipv6' ? 128 : 32)) {
    list.addSubnet(base, Number(bits), family);
  }
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
