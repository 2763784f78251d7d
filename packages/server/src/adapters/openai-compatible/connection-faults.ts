/** What Node and OpenSSL call what is wrong with a certificate, and what to do about it. */
const CERTIFICATES: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown-issuer',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown-issuer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown-issuer',
  CERT_UNTRUSTED: 'unknown-issuer',
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'not-yet-valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'other-host',
  HOSTNAME_MISMATCH: 'other-host',
  CERT_REVOKED: 'revoked',
};
const TRUST_HINT =
  'If it is your own, name the file of its issuer in NODE_EXTRA_CA_CERTS and start the server again';
const CERTIFICATE_FAULTS: Readonly<Record<string, string>> = {
  'self-signed': `its certificate is self-signed. ${TRUST_HINT}`,
  'unknown-issuer': `its certificate is from an issuer this server does not know. ${TRUST_HINT}`,
  expired: 'its certificate has expired. Renew it there, or check the clock of this machine',
  'not-yet-valid': 'its certificate is not valid yet. Check the clock of this machine',
  'other-host': 'its certificate is for another host name. Write the name it is for in base_url',
  revoked: 'its certificate was revoked',
};

const CHECK = 'Check that it runs and that its base_url is right';
const CHECK_PROXY = 'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY, or proxy in its configuration';
/** Through a proxy it is the proxy that these are about. */
const NOT_THERE: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
]);
const FAULTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: `nothing answers at its address. ${CHECK}`,
  ENOTFOUND: `its name cannot be resolved. ${CHECK}`,
  EAI_AGAIN: `its name cannot be resolved. ${CHECK}`,
  ECONNRESET: 'it broke the connection off before it answered. Try again in a moment',
  EPIPE: 'it broke the connection off before it answered. Try again in a moment',
  ETIMEDOUT: `the connection took too long. ${CHECK}`,
  EPROTO:
    'it does not speak TLS as its address says. Write http:// instead of https:// in base_url if it has none',
};

/** What is wrong with the certificate, and what to do; undefined when the code is of another kind. */
export function certificateFault(code: string): string | undefined {
  const kind = CERTIFICATES[code] ?? (/^(ERR_TLS_)?CERT_/.test(code) ? 'other' : undefined);
  if (kind === undefined) return undefined;
  return CERTIFICATE_FAULTS[kind] ?? `its certificate is not valid (${code}). ${TRUST_HINT}`;
}

/** What an error of the operating system, of TLS or of HTTP means, and what to do. */
export function connectionFault(code: string, isProxied = false): string {
  if (code.startsWith('PROXY_')) {
    return `the proxy in between refused the connection (HTTP ${code.slice('PROXY_'.length)}). ${CHECK_PROXY}`;
  }
  if (isProxied && NOT_THERE.has(code)) {
    return `the proxy in between does not answer (${code}). ${CHECK_PROXY}`;
  }
  const known = FAULTS[code];
  if (known !== undefined) return known;
  if (/SSL|TLS/.test(code)) return FAULTS.EPROTO ?? '';
  if (code.startsWith('HPE_')) {
    return 'what answers does not speak HTTP. Write https:// instead of http:// in base_url if it has TLS';
  }
  return `the connection failed${code && ` (${code})`}. ${CHECK}`;
}
