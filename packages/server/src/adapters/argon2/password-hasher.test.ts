import { parseOptions } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';
import { createPasswordHasher, HASH_OF_NOBODY, HASH_OPTIONS } from './password-hasher.js';

describe('hashing passwords', () => {
  it('is argon2id, salted, and matched by the same password only', async () => {
    const passwords = createPasswordHasher();
    const [first, second] = [
      await passwords.hash('a password'),
      await passwords.hash('a password'),
    ];
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
    expect(await passwords.matches('a password', first)).toBe(true);
    expect(await passwords.matches('another', first)).toBe(false);
  });

  it('costs the same for an account that does not exist, and never matches it', async () => {
    expect(await createPasswordHasher().matches('a password', null)).toBe(false);
    // The same algorithm with the same parameters, so the same work.
    expect(HASH_OF_NOBODY.startsWith('$argon2id$')).toBe(true);
    expect(parseOptions(HASH_OF_NOBODY)).toMatchObject(HASH_OPTIONS);
    expect(parseOptions(await createPasswordHasher().hash('x'))).toMatchObject(HASH_OPTIONS);
  });

  it('turns people away, saying when to come back, once too many wait', async () => {
    const passwords = createPasswordHasher({ concurrency: 1, maxWaiting: 2 });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, () => passwords.hash('a password')),
    );
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    expect(outcomes.at(-1)).toMatchObject({
      reason: { code: 'rate_limited', retryAfterSeconds: expect.any(Number) },
    });
    expect(await passwords.hash('now there is room again')).toContain('argon2id');
  });
});
