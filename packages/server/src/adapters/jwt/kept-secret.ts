import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartupError } from '../../domain/startup-error.js';

const SECRET_BYTES = 48;
const OWNER_ONLY = 0o600;

/**
 * The secret of an installation that was given none: made once and kept beside its database, so
 * that a restart signs nobody out.
 *
 * @throws StartupError when the file can neither be read nor made
 */
export function keepSecret(file: string): string {
  try {
    mkdirSync(dirname(file), { recursive: true });
    // Fails if it is there, so of two servers starting at once one makes it and both read it.
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    writeFileSync(file, secret, { flag: 'wx', mode: OWNER_ONLY });
    return secret;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return readSecret(file);
    throw new StartupError(
      `The data folder ${dirname(file)} cannot be written to; choose another with DATA_DIR.`,
      { cause: error },
    );
  }
}

function readSecret(file: string): string {
  const secret = readFileSync(file, 'utf8').trim();
  if (secret.length >= SECRET_BYTES) return secret;
  throw new StartupError(
    `The secret in ${file} is damaged; delete it, and everyone signs in anew.`,
  );
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
