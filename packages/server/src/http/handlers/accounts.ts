import type { Auth } from '@chat-playground/sdk/protocol';
import { presentSession, presentUser } from '../../domain/present.js';
import type { ChangePassword } from '../../use-cases/change-password.js';
import type { DeleteAccount } from '../../use-cases/delete-account.js';
import type { EndOtherSessions } from '../../use-cases/end-other-sessions.js';
import type { EndSession } from '../../use-cases/end-session.js';
import type { ExportData } from '../../use-cases/export-data.js';
import type { GetUser } from '../../use-cases/get-user.js';
import type { ListSessions } from '../../use-cases/list-sessions.js';
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
  listSessions: ListSessions;
  endSession: EndSession;
  endOtherSessions: EndOtherSessions;
  changePassword: ChangePassword;
  exportData: ExportData;
  deleteAccount: DeleteAccount;
}

export type AccountHandlers = Pick<
  Handlers,
  | 'register'
  | 'login'
  | 'refresh'
  | 'logout'
  | 'getOwnUser'
  | 'getUser'
  | 'changePassword'
  | 'exportData'
  | 'deleteAccount'
  | 'listSessions'
  | 'revokeSession'
  | 'revokeOtherSessions'
>;

export function createAccountHandlers(useCases: AccountUseCases): AccountHandlers {
  return { ...signingHandlers(useCases), ...ownHandlers(useCases), ...sessionHandlers(useCases) };
}

function signingHandlers(useCases: AccountUseCases) {
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
  } satisfies Partial<Handlers>;
}

function ownHandlers(useCases: AccountUseCases) {
  return {
    getOwnUser: async ({ caller }) => presentUser(await useCases.getUser(caller, caller.userId)),
    getUser: async ({ caller, params }) =>
      presentUser(await useCases.getUser(caller, params.user_id)),
    async changePassword({ caller, body }) {
      const { current_password: current, new_password: next } = body;
      await useCases.changePassword(caller, { current, next });
      return { message: 'Password changed. Everywhere else you are signed out.' };
    },
    exportData: ({ caller }) => useCases.exportData(caller),
    async deleteAccount({ caller, body }) {
      await useCases.deleteAccount(caller, body.password);
      return { message: 'Your account and everything in it are deleted.' };
    },
  } satisfies Partial<Handlers>;
}

function sessionHandlers(useCases: AccountUseCases) {
  return {
    async listSessions({ caller }) {
      const sessions = await useCases.listSessions(caller);
      return {
        sessions: sessions.map((session) => presentSession(session, caller.sessionId)),
        next_cursor: null,
      };
    },
    async revokeSession({ caller, params }) {
      await useCases.endSession(caller, params.session_id);
      return { message: 'Session ended.' };
    },
    async revokeOtherSessions({ caller }) {
      const revoked = await useCases.endOtherSessions(caller);
      return { message: 'Signed out everywhere else.', revoked };
    },
  } satisfies Partial<Handlers>;
}

function presentAuth({ user, token, refreshToken, expiresInSeconds }: SignedIn): Auth {
  return {
    token,
    refresh_token: refreshToken,
    expires_in: expiresInSeconds,
    user: presentUser(user),
  };
}
