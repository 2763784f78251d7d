'use client';

import { Alert, Button, Field, Heading, Input, Link, Stack, Text } from '@chakra-ui/react';
import { isChatError, type ChatError } from '@chat-playground/sdk';
import NextLink from 'next/link';
import { useRouter } from 'next/navigation';
import { startTransition, useActionState, useEffect, useRef, type FormEvent } from 'react';
import { useChat } from '../chat/chat-provider';
import { useStore } from '../chat/use-store';
import { toaster } from '../looks/toaster';
import { fieldErrors, type FieldName } from './form-errors';

const FIELDS: Readonly<Record<FieldName, { label: string; type: string; autoComplete: string }>> = {
  username: { label: 'Name', type: 'text', autoComplete: 'username' },
  email: { label: 'E-mail', type: 'email', autoComplete: 'email' },
  password: { label: 'Password', type: 'password', autoComplete: 'current-password' },
};

const FORMS = {
  login: {
    heading: 'Welcome back',
    action: 'Sign in',
    fields: ['email', 'password'],
    other: { question: 'No account yet?', action: 'Create one', path: '/register' },
  },
  register: {
    heading: 'Create your account',
    action: 'Create account',
    fields: ['username', 'email', 'password'],
    other: { question: 'You have an account?', action: 'Sign in', path: '/login' },
  },
} as const;

interface AccountFormProps {
  kind: keyof typeof FORMS;
  /** Path to go to afterwards. */
  next: string;
}

/** The form to sign in, or the one to create an account. */
export function AccountForm({ kind, next }: AccountFormProps) {
  const { heading, action, fields, other } = FORMS[kind];
  const { error, isBusy, submit } = useAccountForm(kind, next);
  const errors = fieldErrors(error);
  return (
    <Stack gap="6" width="full" maxWidth="sm">
      <Heading as="h1" size="2xl">
        {heading}
      </Heading>
      <form noValidate onSubmit={submit}>
        <Stack gap="4">
          {error && Object.keys(errors).length === 0 && (
            <Alert.Root status="error" role="alert">
              <Alert.Indicator />
              <Alert.Title>{error.message}</Alert.Title>
            </Alert.Root>
          )}
          {fields.map((name) => (
            <AccountField key={name} name={name} isNew={kind === 'register'} error={errors[name]} />
          ))}
          <Button type="submit" loading={isBusy}>
            {action}
          </Button>
        </Stack>
      </form>
      <Text color="fg.muted">
        {other.question}{' '}
        <Link asChild color="brand.fg">
          <NextLink
            href={next === '/' ? other.path : `${other.path}?next=${encodeURIComponent(next)}`}
          >
            {other.action}
          </NextLink>
        </Link>
      </Text>
    </Stack>
  );
}

function AccountField(props: { name: FieldName; isNew: boolean; error: string | undefined }) {
  const { name, isNew, error } = props;
  const { label, type, autoComplete } = FIELDS[name];
  const isNewPassword = isNew && name === 'password';
  return (
    <Field.Root invalid={error !== undefined}>
      <Field.Label>{label}</Field.Label>
      <Input
        name={name}
        type={type}
        autoComplete={isNewPassword ? 'new-password' : autoComplete}
        autoCapitalize="none"
        spellCheck={false}
      />
      <Field.ErrorText>{error}</Field.ErrorText>
    </Field.Root>
  );
}

/** Sends the form, remembers what was wrong with it, and leaves once someone is signed in. */
function useAccountForm(kind: AccountFormProps['kind'], next: string) {
  const { stores } = useChat();
  const { user } = useStore(stores.$session);
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [error, send, isBusy] = useActionState<ChatError | null, FormData>(async (_, data) => {
    const text = (name: FieldName) => String(data.get(name) ?? '');
    const credentials = { email: text('email').trim(), password: text('password') };
    try {
      if (kind === 'login') await stores.signIn(credentials);
      else await stores.register({ username: text('username').trim(), ...credentials });
      toaster.success({ title: `Signed in as ${stores.$session.get().user?.username}` });
      return null;
    } catch (cause) {
      if (isChatError(cause)) return cause;
      throw cause;
    }
  }, null);
  useEffect(() => {
    if (user !== null) router.replace(next);
  }, [user, next, router]);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    form.current = event.currentTarget;
    const data = new FormData(event.currentTarget);
    // Not as the form's `action`: React would empty the fields after a failure.
    startTransition(() => send(data));
  };
  return { error, isBusy, submit };
}
