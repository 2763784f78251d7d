import type { Auth } from '@chat-playground/sdk/protocol';
import { presentUser } from '../../domain/present.js';
import type { GetUser } from '../../use-cases/get-user.js';
import type { LogIn } from '../../use-cases/log-in.js';
import type { LogOut } from '../../use-cases/log-out.js';
import type { SignedIn } from '../../use-cases/open-session.js';
import type { RefreshSession } from '../../use-cases/refresh-session.js';
import type { RegisterUser } from '../../use-cases/register-user.js';
import type { Handlers } from '../handler.js';

export interface AccountUseCases {
  registerUser: RegisterUser;
  logIn: LogIn;
  logOut: LogOut;
  refreshSession: RefreshSession;
  getUser: GetUser;
}

export type AccountHandlers = Pick<
  Handlers,
  'register' | 'login' | 'refresh' | 'logout' | 'getOwnUser' | 'getUser'
>;

export function createAccountHandlers(useCases: AccountUseCases): AccountHandlers {
  return {
    async register({ body, userAgent }) {
      const auth = presentAuth(await useCases.registerUser(body, userAgent));
      const { user_id, username, email } = auth.user;
      return { ...auth, user_id, username, email };
    },
    login: async ({ body, userAgent }) => presentAuth(await useCases.logIn(body, userAgent)),
    refresh: async ({ body }) => presentAuth(await useCases.refreshSession(body.refresh_token)),
    async logout({ caller }) {
      await useCases.logOut(caller);
      return { message: 'Signed out.' };
    },
    getOwnUser: async ({ caller }) => presentUser(await useCases.getUser(caller, caller.userId)),
    getUser: async ({ caller, params }) =>
      presentUser(await useCases.getUser(caller, params.user_id)),
  };
}

function presentAuth({ user, token, refreshToken, expiresInSeconds }: SignedIn): Auth {
  return {
    token,
    refresh_token: refreshToken,
    expires_in: expiresInSeconds,
    user: presentUser(user),
  };
}
