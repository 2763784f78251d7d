const WRONG_NAME = 'Get a certificate that names this host.';
const NOT_TRUSTED =
  'Use a certificate that browsers trust (Caddy gets one by itself; certbot does for nginx), with its intermediate certificates in the file.';

interface Explanation {
  found: string;
  advice: string;
}

const BY_CODE: Readonly<Record<string, Explanation>> = {
  ENOTFOUND: {
    found: 'The name leads nowhere (DNS).',
    advice: 'Add an A or AAAA record for the host, or correct the address.',
  },
  EAI_AGAIN: {
    found: 'The name could not be looked up (DNS).',
    advice: 'Check the host’s DNS records, and that this machine reaches its DNS server.',
  },
  ECONNREFUSED: {
    found: 'Nothing listens there.',
    advice: 'Start the server or the proxy, and check its port and the firewall.',
  },
  ECONNRESET: {
    found: 'The connection was torn before an answer came.',
    advice: 'Look into the log of the proxy; behind it, the server may not be running.',
  },
  CERT_HAS_EXPIRED: {
    found: 'The certificate has expired.',
    advice: 'Renew it, and see to it that renewals happen by themselves.',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    found: 'The certificate is for another name.',
    advice: WRONG_NAME,
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    found: 'The certificate is signed by itself.',
    advice: NOT_TRUSTED,
  },
  SELF_SIGNED_CERT_IN_CHAIN: {
    found: 'The certificate is of an authority nobody knows.',
    advice: NOT_TRUSTED,
  },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
    found: 'The certificate comes without its intermediate ones.',
    advice: NOT_TRUSTED,
  },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: {
    found: 'The certificate is of an authority nobody knows.',
    advice: NOT_TRUSTED,
  },
  ERR_SSL_WRONG_VERSION_NUMBER: {
    found: 'What listens there does not speak TLS.',
    advice: 'Use http:// for this port, or set up TLS on it.',
  },
};

/** Why there was no answer at all, and what to do about it. */
export function explainFailure(error: unknown): Explanation {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return {
      found: 'No answer came in time.',
      advice: 'Check the firewall, and that the server behind the proxy is running.',
    };
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const message = cause instanceof Error ? cause.message : String(cause);
  return (
    BY_CODE[code] ?? {
      found: `There was no answer: ${message || code}.`,
      advice: 'Look into the logs of the proxy and of the server.',
    }
  );
}
