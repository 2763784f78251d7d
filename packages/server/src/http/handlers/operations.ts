import { createHash, timingSafeEqual } from 'node:crypto';
import { DomainError } from '../../domain/domain-error.js';
import type { NodeBus } from '../../ports/node-bus.js';
import { createDocsPage, type DocsPage } from '../docs-page.js';
import type { Handlers } from '../handler.js';
import type { Probe } from '../probe.js';

export interface OperationsDeps {
  /** The server's version. */
  version: string;
  /** Resolves when the database takes writes. */
  ping: () => Promise<void>;
  /** How many replies have ended and wait for the database to take them. */
  unsavedReplies: () => number;
  /** Whether the process is on its way out. */
  isDraining: () => boolean;
  /** The other nodes, where there are any. */
  bus?: Pick<NodeBus, 'isAnswering'> | undefined;
  probe: Probe;
  /** The API's own description. */
  openApi: () => { openapi: string };
  /** Undefined where nobody may read metrics. */
  metrics: { token: string; text: () => Promise<string> } | undefined;
}

export type OperationsHandlers = Pick<
  Handlers,
  'health' | 'ready' | 'probeStream' | 'getOpenApi' | 'getDocs' | 'getMetrics'
>;

export function createOperationsHandlers(deps: OperationsDeps): OperationsHandlers {
  let docs: DocsPage | undefined;
  let pinging: Promise<void> | null = null;
  /** It writes, and anybody may ask: those who ask at once share the answer. */
  const pingOnce = () => (pinging ??= deps.ping().finally(() => (pinging = null)));
  return {
    health: async () => ({ status: 'ok', version: deps.version }),
    async ready() {
      if (deps.isDraining()) throw new DomainError('shutting_down', 'The server is stopping.');
      await pingOnce();
      const count = deps.unsavedReplies();
      const unsaved = count > 0 ? { unsaved_replies: count } : {};
      if (!deps.bus) return { status: 'ready', ...unsaved };
      // A node on its own still serves: taking it out would make an outage of it.
      const redis = (await deps.bus.isAnswering()) ? 'connected' : 'degraded';
      return { status: 'ready', redis, ...unsaved };
    },
    probeStream: async ({ address, query, signal }) =>
      deps.probe({ address, holdSeconds: query.hold_seconds, signal }),
    getOpenApi: async ({ prefix }) => ({ ...deps.openApi(), servers: [{ url: prefix || '/' }] }),
    getDocs: async () => (docs ??= createDocsPage(deps.openApi())),
    async getMetrics({ bearer }) {
      const { metrics } = deps;
      // To others there are no metrics, rather than some they may not see.
      if (!metrics || bearer === undefined || !isSameText(bearer, metrics.token)) {
        throw new DomainError('not_found', 'Nothing is here.');
      }
      return metrics.text();
    },
  };
}

/** Takes the same time wherever the two differ. */
function isSameText(left: string, right: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(left), hash(right));
}
