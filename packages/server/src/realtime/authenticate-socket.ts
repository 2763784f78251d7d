import type { ErrorCode } from '@chat-playground/sdk/protocol';
import type { Socket } from 'socket.io';
import { DomainError, isDomainError } from '../domain/domain-error.js';
import type { VerifiedToken } from '../ports/access-tokens.js';
import type { Logger } from '../ports/logger.js';
import type { Authenticate } from '../use-cases/authenticate.js';

/** What a refused client finds in its `connect_error`. */
export class HandshakeError extends Error {
  readonly data: { code: ErrorCode; message: string };

  constructor({ code, message }: DomainError) {
    super(message);
    this.data = { code, message };
  }

  /** Of whatever was thrown; what was not meant for callers is for the log. */
  static of(error: unknown, logger: Logger): HandshakeError {
    if (isDomainError(error)) return new HandshakeError(error);
    logger.error({ err: error }, 'a websocket handshake failed');
    return new HandshakeError(new DomainError('internal', 'Something went wrong on the server.'));
  }
}

type Outcome = { caller: VerifiedToken; refusal: null } | { caller: null; refusal: HandshakeError };

/** Looks at the token of a socket's handshake as at that of any request. */
export async function authenticateSocket(
  socket: Pick<Socket, 'handshake'>,
  authenticate: Authenticate,
  logger: Logger,
): Promise<Outcome> {
  const token: unknown = socket.handshake.auth['token'];
  try {
    const caller = await authenticate(typeof token === 'string' ? token : undefined);
    return { caller, refusal: null };
  } catch (error) {
    return { caller: null, refusal: HandshakeError.of(error, logger) };
  }
}
