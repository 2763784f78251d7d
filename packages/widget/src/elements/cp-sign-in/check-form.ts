import { MIN_PASSWORD_LENGTH, type ChatError } from '@chat-playground/sdk';
import type { Localization } from '../../i18n/localization.js';

export type SignInMode = 'sign-in' | 'register';
export type FieldName = 'username' | 'email' | 'password';
export type FieldErrors = Partial<Record<FieldName, string>>;
export type FormValues = Record<FieldName, string>;

/** Fields of each form, in reading order. */
export const FORM_FIELDS: Readonly<Record<SignInMode, readonly FieldName[]>> = {
  'sign-in': ['email', 'password'],
  register: ['username', 'email', 'password'],
};

/** The server's own rule for names, so that most mistakes are told before asking it. */
const USERNAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._-]{1,49}$/u;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** What can be told to be wrong without asking the server, by field. */
export function checkForm(
  mode: SignInMode,
  values: FormValues,
  localization: Localization,
): FieldErrors {
  const errors: FieldErrors = {};
  for (const name of FORM_FIELDS[mode]) {
    if (values[name].trim() === '') errors[name] = localization.term('fieldRequired');
  }
  if (errors.email === undefined && !EMAIL.test(values.email.trim())) {
    errors.email = localization.term('emailInvalid');
  }
  if (mode === 'sign-in') return errors;
  if (errors.username === undefined && !USERNAME.test(values.username.trim())) {
    errors.username = localization.term('usernameInvalid');
  }
  if (
    errors.password === undefined &&
    values.password.normalize('NFC').length < MIN_PASSWORD_LENGTH
  ) {
    errors.password = localization.term('passwordTooShort', { min: MIN_PASSWORD_LENGTH });
  }
  return errors;
}

/** What the server found wrong, by field; empty when it is about no field of the form. */
export function fieldErrorsOf(error: ChatError | null, localization: Localization): FieldErrors {
  if (error === null) return {};
  if (error.code === 'email_taken') return { email: localization.term('errorEmailTaken') };
  if (error.code === 'username_taken') return { username: localization.term('errorUsernameTaken') };
  const errors: FieldErrors = {};
  for (const { field, message } of error.details) {
    const name = field.replace(/^body\./, '');
    if (name === 'username' || name === 'email' || name === 'password') errors[name] ??= message;
  }
  return errors;
}
