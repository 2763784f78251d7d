import type { AccessTokens } from './ports/access-tokens.js';
import type { Broadcaster } from './ports/broadcaster.js';
import type { Clock } from './ports/clock.js';
import type { PasswordHasher } from './ports/password-hasher.js';
import type { Storage } from './ports/storage.js';
import { createAuthenticate } from './use-cases/authenticate.js';
import { createCastVote } from './use-cases/cast-vote.js';
import { createChangePassword } from './use-cases/change-password.js';
import { createChooseBranch } from './use-cases/choose-branch.js';
import { createConfirmPassword } from './use-cases/confirm-password.js';
import { createCreatePreset } from './use-cases/create-preset.js';
import { createDeleteAccount } from './use-cases/delete-account.js';
import { createDeleteChat } from './use-cases/delete-chat.js';
import { createDeleteMessage } from './use-cases/delete-message.js';
import { createDeletePreset } from './use-cases/delete-preset.js';
import { createEndOtherSessions } from './use-cases/end-other-sessions.js';
import { createEndSession } from './use-cases/end-session.js';
import { createExplainVote } from './use-cases/explain-vote.js';
import { createExportData } from './use-cases/export-data.js';
import { createGetChat } from './use-cases/get-chat.js';
import { createGetPreset } from './use-cases/get-preset.js';
import { createGetUser } from './use-cases/get-user.js';
import { createGetUsage } from './use-cases/get-usage.js';
import { createListChats } from './use-cases/list-chats.js';
import { createListMessages } from './use-cases/list-messages.js';
import { createListPresets } from './use-cases/list-presets.js';
import { createListSessions } from './use-cases/list-sessions.js';
import { createLogIn } from './use-cases/log-in.js';
import { createLogOut } from './use-cases/log-out.js';
import { createOpenSession } from './use-cases/open-session.js';
import { createRefreshSession } from './use-cases/refresh-session.js';
import { createRefreshTokens } from './use-cases/refresh-tokens.js';
import { createRegisterUser } from './use-cases/register-user.js';
import { createRestoreChat } from './use-cases/restore-chat.js';
import { createRevokeSession } from './use-cases/revoke-session.js';
import { createSearch } from './use-cases/search.js';
import { createUpdateChat } from './use-cases/update-chat.js';
import { createUpdatePreset } from './use-cases/update-preset.js';

export interface UseCaseDeps {
  storage: Storage;
  clock: Clock;
  newId: () => string;
  /** The server's own; signs and derives. */
  secret: string;
  accessTokens: AccessTokens;
  passwords: PasswordHasher;
  broadcaster: Broadcaster;
  /** Stops what is being written: one reply, or whatever is in a chat, or all for someone. */
  stopReply: (messageId: string) => Promise<unknown>;
  stopReplies: (chatId: string) => Promise<unknown>;
  stopAllReplies: (ownerId: string) => Promise<unknown>;
}

/** Every verb but those of replies, joined to what it needs. */
export function createUseCases(given: UseCaseDeps) {
  return { ...createAccountVerbs(given), ...createChatVerbs(given), ...createPresetVerbs(given) };
}

function createAccountVerbs(given: UseCaseDeps) {
  const refreshTokens = createRefreshTokens(given.secret);
  const openSession = createOpenSession({ ...given, refreshTokens });
  const revokeSession = createRevokeSession(given);
  const endOtherSessions = createEndOtherSessions(given);
  const confirmPassword = createConfirmPassword(given);
  const helpers = { refreshTokens, openSession, revokeSession, endOtherSessions, confirmPassword };
  const deps = { ...given, ...helpers };
  return {
    authenticate: createAuthenticate(deps),
    registerUser: createRegisterUser(deps),
    logIn: createLogIn(deps),
    logOut: createLogOut(deps),
    refreshSession: createRefreshSession(deps),
    getUser: createGetUser(deps),
    listSessions: createListSessions(deps),
    endSession: createEndSession(deps),
    endOtherSessions,
    changePassword: createChangePassword(deps),
    exportData: createExportData(deps),
    getUsage: createGetUsage(deps),
    deleteAccount: createDeleteAccount(deps),
  };
}

function createChatVerbs(given: UseCaseDeps) {
  const updateChat = createUpdateChat(given);
  const deps = { ...given, updateChat };
  return {
    listChats: createListChats(deps),
    getChat: createGetChat(deps),
    updateChat,
    deleteChat: createDeleteChat(deps),
    restoreChat: createRestoreChat(deps),
    listMessages: createListMessages(deps),
    castVote: createCastVote(deps),
    explainVote: createExplainVote(deps),
    chooseBranch: createChooseBranch(deps),
    deleteMessage: createDeleteMessage(deps),
    search: createSearch(deps),
  };
}

function createPresetVerbs(given: UseCaseDeps) {
  return {
    listPresets: createListPresets(given),
    createPreset: createCreatePreset(given),
    getPreset: createGetPreset(given),
    updatePreset: createUpdatePreset(given),
    deletePreset: createDeletePreset(given),
  };
}
