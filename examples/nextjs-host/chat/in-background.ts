/** Lets a verb of the stores run: should it fail, the store it concerns holds why. */
export function inBackground(verb: Promise<void>): void {
  verb.catch(() => undefined);
}
