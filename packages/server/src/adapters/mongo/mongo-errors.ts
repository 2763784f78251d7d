import { DomainError } from '../../domain/domain-error.js';

/** Names of the driver's errors that mean that there was nobody to answer. */
const UNAVAILABLE = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoExpiredSessionError',
  'MongoClientClosedError',
  'MongoPoolClosedError',
  'MongoPoolClearedError',
  'PoolClearedOnNetworkError',
  'MongoWaitQueueTimeoutError',
  'MongoOperationTimeoutError',
  'DisconnectedError',
]);
/** Server codes of the same meaning: shutting down, no primary, stepping down. */
const UNAVAILABLE_CODES = new Set([
  6, 7, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436,
]);
const DUPLICATE_KEY = 11000;

/** Losing the database becomes `storage_unavailable`, without the driver's words. */
export function translateMongoError(error: unknown): unknown {
  return isUnavailable(error)
    ? new DomainError('storage_unavailable', 'The database does not answer; try again shortly.', {
        cause: error,
      })
    : error;
}

export function isDuplicateKey(error: unknown): boolean {
  return codeOf(error) === DUPLICATE_KEY;
}

/** The same verbs, their errors translated. */
export function translatingErrors<Verbs extends object>(verbs: Verbs): Verbs {
  const translating = Object.entries(verbs).map(([name, verb]: [string, Verb]) => [
    name,
    async (...parameters: unknown[]) => {
      try {
        return await verb(...parameters);
      } catch (error) {
        throw translateMongoError(error);
      }
    },
  ]);
  return Object.fromEntries(translating) as Verbs;
}

type Verb = (...parameters: unknown[]) => Promise<unknown>;

function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  return (
    UNAVAILABLE.has(error.name) ||
    (typeof code === 'number' && UNAVAILABLE_CODES.has(code)) ||
    // What mongoose says of a connection that was closed or never made.
    (error.name === 'MongooseError' &&
      /bufferCommands|disconnected|connection/i.test(error.message))
  );
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
