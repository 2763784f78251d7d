import type { Handlers } from './handler.js';
import { createAccountHandlers, type AccountUseCases } from './handlers/accounts.js';
import { createChatHandlers, type ChatUseCases } from './handlers/chats.js';
import { createMessageHandlers, type MessageUseCases } from './handlers/messages.js';
import { createOperationsHandlers, type OperationsDeps } from './handlers/operations.js';
import { createPresetHandlers, type PresetUseCases } from './handlers/presets.js';
import { createReplyHandlers, type ReplyUseCases } from './handlers/replies.js';
import { createUsageHandlers, type UsageUseCases } from './handlers/usage.js';

export type HandledUseCases = AccountUseCases &
  ChatUseCases &
  MessageUseCases &
  PresetUseCases &
  ReplyUseCases &
  UsageUseCases;

/** A handler for every endpoint of the protocol. */
export function createHandlers(useCases: HandledUseCases, operations: OperationsDeps): Handlers {
  return {
    ...createAccountHandlers(useCases),
    ...createChatHandlers(useCases),
    ...createMessageHandlers(useCases),
    ...createPresetHandlers(useCases),
    ...createReplyHandlers(useCases),
    ...createUsageHandlers(useCases),
    ...createOperationsHandlers(operations),
  };
}
