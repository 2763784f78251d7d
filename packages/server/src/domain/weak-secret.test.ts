import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { weaknessOf } from './weak-secret.js';

it.each([
  ['short', 'has fewer than 32 characters'],
  ['x'.repeat(64), 'is made of a few characters over and over'],
  ['abababababababababababababababababab', 'is made of a few characters over and over'],
  ['change-me-change-me-change-me-please', 'looks like the placeholder of an example'],
  ['my-super-Secret-key-for-production-1', 'looks like the placeholder of an example'],
  ['your_jwt_goes_in_here_before_you_run', 'looks like the placeholder of an example'],
  ['0123456789abcdefghijklmnopqrstuvwxyz', 'looks like the placeholder of an example'],
])('%s can be guessed', (secret, weakness) => {
  expect(weaknessOf(secret)).toBe(weakness);
});

it('random text of any common form cannot', () => {
  for (let count = 0; count < 200; count += 1) {
    for (const secret of [
      randomBytes(16).toString('hex'),
      randomBytes(48).toString('base64'),
      randomBytes(48).toString('base64url'),
    ]) {
      expect(weaknessOf(secret), secret).toBeUndefined();
    }
  }
});
