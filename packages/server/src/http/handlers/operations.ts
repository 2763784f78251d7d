import { DomainError } from '../../domain/domain-error.js';
import type { Handlers } from '../handler.js';

export interface OperationsDeps {
  /** The server's version. */
  version: string;
  /** Resolves when the database answers. */
  ping: () => Promise<void>;
  /** Whether the process is on its way out. */
  isDraining: () => boolean;
  /** The API's own description. */
  openApi: () => { openapi: string };
}

export type OperationsHandlers = Pick<Handlers, 'health' | 'ready' | 'getOpenApi'>;

export function createOperationsHandlers(deps: OperationsDeps): OperationsHandlers {
  return {
    health: async () => ({ status: 'ok', version: deps.version }),
    async ready() {
      if (deps.isDraining()) throw new DomainError('shutting_down', 'The server is stopping.');
      await deps.ping();
      return { status: 'ready' };
    },
    getOpenApi: async () => deps.openApi(),
  };
}
