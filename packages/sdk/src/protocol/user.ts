import { z } from 'zod';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from './limits.js';
import { idSchema, textSchema, timestampSchema } from './primitives.js';

const MAX_EMAIL_LENGTH = 254;

export const usernameSchema = textSchema
  .trim()
  .min(2)
  .max(50)
  .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._-]*$/u, {
    error: 'must start with a letter or digit and hold only letters, digits, space, . _ or -',
  });

/**
 * Composing a text takes time by the square of the marks on one letter, so nothing is brought into
 * its one form that could not have an allowed length in it: four units become one at most.
 */
function canFit(maxLength: number) {
  return z.check<string>((payload) => {
    if (payload.value.length <= maxLength * 4) return;
    const { value: input } = payload;
    const message = `must have at most ${maxLength} characters`;
    payload.issues.push({ code: 'custom', input, message, continue: false });
  });
}

/** One form for one address: an input method's full-width letters are the plain ones. */
export const emailSchema = z
  .string()
  .check(canFit(MAX_EMAIL_LENGTH))
  .overwrite((email) => email.normalize('NFKC').trim().toLowerCase())
  .check(z.email('must be an e-mail address'))
  .max(MAX_EMAIL_LENGTH);

/**
 * The one form of a password: keyboards and systems write the same letters and spaces in several.
 * It is the profile OpaqueString of RFC 8265.
 */
export function normalizePassword(password: string): string {
  return password.replace(/\p{Zs}/gu, ' ').normalize('NFC');
}

/** Its length is that of its one form, so that no system's way of writing it makes it too long. */
export const newPasswordSchema = textSchema
  .check(canFit(MAX_PASSWORD_LENGTH))
  .overwrite(normalizePassword)
  .min(MIN_PASSWORD_LENGTH)
  .max(MAX_PASSWORD_LENGTH);

/** As it was typed: an old hash may have been made of that. */
const knownPasswordSchema = z
  .string()
  .min(1)
  .check(canFit(MAX_PASSWORD_LENGTH))
  .refine(
    (password) => normalizePassword(password).length <= MAX_PASSWORD_LENGTH,
    `must have at most ${MAX_PASSWORD_LENGTH} characters`,
  );

export const userSchema = z.object({
  user_id: idSchema,
  username: z.string(),
  email: z.string(),
  created_at: timestampSchema,
});
export type User = z.infer<typeof userSchema>;

export const registerBodySchema = z.object({
  username: usernameSchema,
  email: emailSchema,
  password: newPasswordSchema,
});
export type RegisterBody = z.input<typeof registerBodySchema>;

export const loginBodySchema = z.object({
  email: emailSchema,
  password: knownPasswordSchema,
});
export type LoginBody = z.input<typeof loginBodySchema>;

export const refreshBodySchema = z.object({ refresh_token: z.string().min(1).max(500) });

/** What register, login and refresh answer. */
export const authSchema = z.object({
  /** Access token (JWT), for the `Authorization: Bearer` header. */
  token: z.string(),
  /** One-time token that buys the next pair. */
  refresh_token: z.string(),
  /** Seconds until `token` expires. */
  expires_in: z.number().int(),
  user: userSchema,
});
export type Auth = z.infer<typeof authSchema>;

export const changePasswordBodySchema = z.object({
  current_password: knownPasswordSchema,
  new_password: newPasswordSchema,
});
export type ChangePasswordBody = z.input<typeof changePasswordBodySchema>;

/** The password again, so that a device left open does not suffice. */
export const deleteAccountBodySchema = z.object({
  password: knownPasswordSchema,
});
export type DeleteAccountBody = z.input<typeof deleteAccountBodySchema>;

/** A sign-in on one device. */
export const sessionSchema = z.object({
  session_id: idSchema,
  /** What the device called itself when it signed in; may be empty. */
  user_agent: z.string(),
  /** Whether it is the one that asks. */
  current: z.boolean(),
  created_at: timestampSchema,
  last_used_at: timestampSchema,
  expires_at: timestampSchema,
});
export type Session = z.infer<typeof sessionSchema>;
