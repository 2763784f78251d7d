import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartupError } from '../../domain/startup-error.js';
import { weaknessOf } from '../../domain/weak-secret.js';

const SECRET_BYTES = 48;
const OWNER_ONLY = 0o600;

interface SecretPlace {
  file: string;
  /** The setting that says where that is. */
  variable: string;
}

/**
 * The secret of an installation that was given none: made once and kept in a file, so that a
 * restart signs nobody out.
 *
 * @throws StartupError when the file can neither be read nor made, or what is in it can be guessed
 */
export function keepSecret({ file, variable }: SecretPlace): string {
  try {
    mkdirSync(dirname(file), { recursive: true });
    // Fails if it is there, so of two servers starting at once one makes it and both read it.
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    writeFileSync(file, secret, { flag: 'wx', mode: OWNER_ONLY });
    return secret;
  } catch (error) {
    // A folder that may not be written to can still have the secret in it.
    if (existsSync(file)) return readSecret(file, variable);
    throw new StartupError(
      `The folder ${dirname(file)} cannot be written to; choose another with ${variable}.`,
      { cause: error },
    );
  }
}

function readSecret(file: string, variable: string): string {
  const secret = readIfAllowed(file, variable).trim();
  const weakness = weaknessOf(secret);
  if (!weakness) return secret;
  throw new StartupError(
    `The secret in ${file} ${weakness}; delete it: a new one is made, and everyone signs in anew.`,
  );
}

function readIfAllowed(file: string, variable: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new StartupError(
      `The secret in ${file} cannot be read; correct ${variable} or the file's permissions.`,
      { cause: error },
    );
  }
}
