import { normalizePassword } from '@chat-playground/sdk/protocol';

/**
 * What someone may have meant by a password, the likeliest first. Passwords were hashed as they
 * were typed once, and a hash does not tell in which form: composed, decomposed, or in a keyboard's
 * own mixture. They go on working, at two hashes more for each wrong password beyond ASCII.
 */
export function passwordForms(password: string): string[] {
  const forms = [
    normalizePassword(password),
    password,
    password.normalize('NFC'),
    password.normalize('NFD'),
  ];
  return [...new Set(forms)];
}
