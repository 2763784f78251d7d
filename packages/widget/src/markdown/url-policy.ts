const LINK_PROTOCOLS: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);
const IMAGE_PROTOCOLS: ReadonlySet<string> = new Set(['http:', 'https:']);
const EMBEDDED_IMAGE = /^data:image\/(?:png|jpeg|gif|webp)[;,]/i;

/** Whether a link may be followed: absolute, to a protocol that opens a page or a letter. */
export function isSafeLink(address: string): boolean {
  const url = parseAbsolute(address);
  return url !== null && LINK_PROTOCOLS.has(url.protocol);
}

/** Whether an image carries its own bytes, in a format that cannot hold script. */
export function isEmbeddedImage(address: string): boolean {
  return EMBEDDED_IMAGE.test(address);
}

/** The address of an image another host would have to be asked for; null when there is none. */
export function remoteImageUrl(address: string): URL | null {
  const url = parseAbsolute(address);
  return url !== null && IMAGE_PROTOCOLS.has(url.protocol) ? url : null;
}

/** Relative addresses are none: a model knows nothing of the page it is shown on. */
function parseAbsolute(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}
