import { hash, parseOptions } from '@node-rs/argon2';
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

  it('takes a password in every Unicode form, and with every space a keyboard types', async () => {
    const passwords = createPasswordHasher();
    const composed = 'Sm\u00f8rrebr\u00f8d \u1ec7 \ud55c\uae00 \u00e5';
    const mixed = composed.replace('\u1ec7', '\u00ea\u0323');
    const forms = [
      composed,
      composed.normalize('NFD'),
      mixed,
      composed.replaceAll(' ', '\u00a0'),
      composed.normalize('NFD').replaceAll(' ', '\u3000'),
    ];
    for (const registered of forms) {
      const known = await passwords.hash(registered);
      for (const typed of forms) expect(await passwords.matches(typed, known)).toBe(true);
      expect(await passwords.matches(composed.replace('\u00e5', 'a'), known)).toBe(false);
    }
  });

  it('takes what was hashed as it was typed, from before there was one form', async () => {
    const passwords = createPasswordHasher();
    const composed = 'Gr\u00fc\u00dfe an \u1ec7';
    const mixed = composed.replace('\u1ec7', '\u00ea\u0323');
    for (const typed of [composed, composed.normalize('NFD'), mixed]) {
      const known = await hash(typed, HASH_OPTIONS);
      expect(await passwords.matches(typed, known)).toBe(true);
    }
    const known = await hash(composed.normalize('NFD'), HASH_OPTIONS);
    expect(await passwords.matches(composed, known)).toBe(true);
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
