import type { AccessTokens } from './ports/access-tokens.js';
import type { Broadcaster } from './ports/broadcaster.js';
import type { Clock } from './ports/clock.js';
import type { PasswordHasher } from './ports/password-hasher.js';
import type { Storage } from './ports/storage.js';
import { createAuthenticate } from './use-cases/authenticate.js';
import { createCastVote } from './use-cases/cast-vote.js';
import { createChooseBranch } from './use-cases/choose-branch.js';
import { createDeleteChat } from './use-cases/delete-chat.js';
import { createGetChat } from './use-cases/get-chat.js';
import { createGetUser } from './use-cases/get-user.js';
import { createListChats } from './use-cases/list-chats.js';
import { createListMessages } from './use-cases/list-messages.js';
import { createLogIn } from './use-cases/log-in.js';
import { createLogOut } from './use-cases/log-out.js';
import { createOpenSession } from './use-cases/open-session.js';
import { createRefreshSession } from './use-cases/refresh-session.js';
import { createRefreshTokens } from './use-cases/refresh-tokens.js';
import { createRegisterUser } from './use-cases/register-user.js';
import { createRestoreChat } from './use-cases/restore-chat.js';
import { createRevokeSession } from './use-cases/revoke-session.js';
import { createUpdateChat } from './use-cases/update-chat.js';

export interface UseCaseDeps {
  storage: Storage;
  clock: Clock;
  newId: () => string;
  /** The server's own; signs and derives. */
  secret: string;
  accessTokens: AccessTokens;
  passwords: PasswordHasher;
  broadcaster: Broadcaster;
  /** Stops whatever is being written in a chat. */
  stopReplies: (chatId: string) => Promise<unknown>;
}

/** Every verb but those of replies, joined to what it needs. */
export function createUseCases(given: UseCaseDeps) {
  const refreshTokens = createRefreshTokens(given.secret);
  const openSession = createOpenSession({ ...given, refreshTokens });
  const revokeSession = createRevokeSession(given);
  const updateChat = createUpdateChat(given);
  const deps = { ...given, refreshTokens, openSession, revokeSession, updateChat };
  return {
    authenticate: createAuthenticate(deps),
    registerUser: createRegisterUser(deps),
    logIn: createLogIn(deps),
    logOut: createLogOut(deps),
    refreshSession: createRefreshSession(deps),
    getUser: createGetUser(deps),
    listChats: createListChats(deps),
    getChat: createGetChat(deps),
    updateChat,
    deleteChat: createDeleteChat(deps),
    restoreChat: createRestoreChat(deps),
    listMessages: createListMessages(deps),
    castVote: createCastVote(deps),
    chooseBranch: createChooseBranch(deps),
  };
}
