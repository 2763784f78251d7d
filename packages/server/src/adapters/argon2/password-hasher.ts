import { normalizePassword } from '@chat-playground/sdk/protocol';
import { hash, verify, type Options } from '@node-rs/argon2';
import { DomainError } from '../../domain/domain-error.js';
import { passwordForms } from '../../domain/password-forms.js';
import type { PasswordHasher } from '../../ports/password-hasher.js';

/** argon2id (the library's default variant) at OWASP's recommended minimum: 19 MiB, two passes. */
export const HASH_OPTIONS: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * A hash of nothing anyone knows, made with {@link HASH_OPTIONS}. Comparing with it costs what a
 * real comparison costs, so that timing does not tell which e-mail addresses have an account.
 */
export const HASH_OF_NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$BKTAkYV81s2LwjwQtlH+yA$76lrDcX2wxuNbHzPUr/1wQ6fz7C939rAkInFUQeAFk0';

/** Each one occupies a thread of libuv's four, which file access and DNS need too. */
const DEFAULT_CONCURRENCY = 2;
/** About two seconds of work at 25 ms each; whoever comes later is better told to come back. */
const DEFAULT_MAX_WAITING = 100;
const RETRY_AFTER_SECONDS = 2;

interface Bounds {
  /** Hashes computed at a time. */
  concurrency?: number;
  /** Hashes that may wait for their turn. */
  maxWaiting?: number;
}

/** Hashes with argon2id off the main thread, a few at a time. */
export function createPasswordHasher(bounds: Bounds = {}): PasswordHasher {
  const inTurn = createQueue(bounds);
  return {
    hash: (password) => inTurn(() => hash(normalizePassword(password), HASH_OPTIONS)),
    async matches(password, known) {
      const same = await inTurn(() => verifyAnyForm(known ?? HASH_OF_NOBODY, password));
      return same && known !== null;
    },
  };
}

/** As many hashes for somebody unknown as for a wrong password; one, for a password in ASCII. */
async function verifyAnyForm(known: string, password: string): Promise<boolean> {
  for (const form of passwordForms(password)) if (await verify(known, form)) return true;
  return false;
}

function createQueue({
  concurrency = DEFAULT_CONCURRENCY,
  maxWaiting = DEFAULT_MAX_WAITING,
}: Bounds) {
  const waiting: (() => void)[] = [];
  let running = 0;

  return async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (running >= concurrency) {
      if (waiting.length >= maxWaiting) {
        throw new DomainError(
          'rate_limited',
          'Too many people are signing in. Try again shortly.',
          {
            retryAfterSeconds: RETRY_AFTER_SECONDS,
          },
        );
      }
      // Whoever finishes hands its place over, so `running` stays as it is.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
