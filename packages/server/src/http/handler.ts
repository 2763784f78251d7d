import type {
  EndpointName,
  endpoints,
  ExportLine,
  ProbeEvent,
  ResponseOf,
  StreamEvent,
  ValidatedOf,
} from '@chat-playground/sdk/protocol';
import type { DocsPage } from './docs-page.js';
import type { Caller } from '../domain/user.js';
import type { Source } from '../ports/source.js';

type EndpointOf<Name extends EndpointName> = (typeof endpoints)[Name];

/** What a handler is given: validated, authenticated, and nothing of Express. */
export type HandlerRequest<Name extends EndpointName> = ValidatedOf<Name> & {
  /** Null on endpoints anyone may call. */
  caller: EndpointOf<Name>['auth'] extends 'user' ? Caller : null;
  userAgent: string;
  /** Whoever asked, as far as the proxies that are trusted tell; see `addressKey`. */
  address: string;
  /** The path below which whoever asked sees the server, as far as that is known. */
  prefix: string;
  idempotencyKey: string | undefined;
  /** What came as a bearer, on endpoints anyone may call. */
  bearer: string | undefined;
  /** The newest event the reader of a stream has seen, from its header. */
  lastEventId: number | undefined;
  /** Aborts when whoever asked is gone or has been signed out. */
  signal: AbortSignal;
};

/** What each kind of answer that is not JSON is made of. */
interface SpecialAnswers {
  'event-stream': Source<StreamEvent>;
  'probe-stream': Source<ProbeEvent>;
  'json-lines': AsyncIterable<ExportLine>;
  text: string;
  html: DocsPage;
}

export type Answer<Name extends EndpointName> =
  EndpointOf<Name>['response'] extends infer Kind extends keyof SpecialAnswers
    ? SpecialAnswers[Kind]
    : ResponseOf<Name>;

export type Handler<Name extends EndpointName> = (
  request: HandlerRequest<Name>,
) => Promise<Answer<Name>>;

/** One for each endpoint of the protocol; a missing one does not compile. */
export type Handlers = { readonly [Name in EndpointName]: Handler<Name> };
