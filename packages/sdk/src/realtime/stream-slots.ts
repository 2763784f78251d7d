/**
 * Browsers open six connections to an HTTP/1.1 server, for all their tabs together. Streams keep three
 * of them at most: pages go on loading, sending and stopping by the others.
 */
const SLOTS = 3;

/**
 * Takes one of the places that streams of all tabs share. A tab that is closed or crashes gives its
 * places back by that.
 *
 * @returns what gives it back; null when all are taken, or the browser cannot tell (Web Locks need
 *   HTTPS or localhost)
 */
export async function takeSlot(origin: string, signal: AbortSignal): Promise<(() => void) | null> {
  if (navigator.locks === undefined) return null;
  for (let slot = 0; slot < SLOTS && !signal.aborted; slot += 1) {
    const letGo = await claim(`cp:stream:${origin}:${String(slot)}`);
    if (letGo) return letGo;
  }
  return null;
}

function claim(name: string): Promise<(() => void) | null> {
  return new Promise((resolve) => {
    const hold = (lock: Lock | null) => {
      if (lock) return new Promise<void>((letGo) => resolve(letGo));
      resolve(null);
      return undefined;
    };
    // A page in a sandbox may take no locks.
    navigator.locks.request(name, { ifAvailable: true }, hold).catch(() => resolve(null));
  });
}
