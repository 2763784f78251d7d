import {
  API_PREFIX,
  endpoints,
  type BodyOf,
  type Endpoint,
  type EndpointName,
  type QueryOf,
  type ResponseOf,
  type SendResponse,
  type User,
} from '@chat-playground/sdk/protocol';

/** What to send, unchecked: tests send wrong things too. */
export interface TestRequest {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface TestAnswer<Body = unknown> {
  status: number;
  headers: Headers;
  body: Body;
}

export interface TestClient {
  /** Set after registering. */
  user: User;
  token: string | undefined;
  refreshToken: string;
  register(name: string): Promise<ResponseOf<'register'>>;
  /** One request; the answer as it came, JSON read. */
  request(name: EndpointName, request?: TestRequest): Promise<TestAnswer>;
  /** One request that must succeed, in the shape its schema promises. */
  call<Name extends EndpointName>(
    name: Name,
    request?: { body?: BodyOf<Name>; query?: QueryOf<Name> } & Omit<TestRequest, 'body' | 'query'>,
  ): Promise<ResponseOf<Name>>;
  /** The open answer, for streams. */
  open(name: EndpointName, request?: TestRequest, signal?: AbortSignal): Promise<Response>;
  /** Sends a message and waits for the end of its reply. */
  chat(message: string, body?: Partial<BodyOf<'sendMessage'>>): Promise<SendResponse>;
}

export const PASSWORD = 'correct horse battery staple';

export function createTestClient(baseUrl: string): TestClient {
  const client: TestClient = {
    user: { user_id: '', username: '', email: '', created_at: '' },
    token: undefined,
    refreshToken: '',
    async register(name) {
      const email = `${name.replaceAll(' ', '.')}@example.org`;
      const auth = await client.call('register', {
        body: { username: name, email, password: PASSWORD },
      });
      client.user = auth.user;
      client.token = auth.token;
      client.refreshToken = auth.refresh_token;
      return auth;
    },
    open(name, { params = {}, query = {}, body, headers = {} } = {}, signal) {
      const { method, path }: Endpoint = endpoints[name];
      const filled = path.replaceAll(/:(\w+)/g, (_, key: string) => params[key] ?? `:${key}`);
      const url = new URL(API_PREFIX + filled, baseUrl);
      for (const [key, value] of Object.entries(query)) {
        if (value !== undefined) url.searchParams.set(key, String(value));
      }
      return fetch(url, {
        method,
        headers: {
          ...(client.token !== undefined && { authorization: `Bearer ${client.token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal: signal ?? null,
      });
    },
    async request(name, request) {
      const response = await client.open(name, request);
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('application/json');
      const answer: unknown = isJson ? JSON.parse(text) : text;
      return { status: response.status, headers: response.headers, body: answer };
    },
    async call(name, request) {
      const { status, body } = await client.request(name, request as TestRequest);
      const endpoint: Endpoint = endpoints[name];
      if (status !== endpoint.status) {
        throw new Error(`${name} answered ${status}: ${JSON.stringify(body)}`);
      }
      if (typeof endpoint.response === 'string')
        throw new Error(`${name} does not answer with JSON`);
      return endpoint.response.parse(body) as ResponseOf<typeof name>;
    },
    async chat(message, body = {}) {
      const sent = await client.call('sendMessage', { body: { message, ...body } });
      const query = { chat_id: sent.chat_id, message_id: sent.reply.message_id };
      await (await client.open('streamReply', { query })).text();
      return sent;
    },
  };
  return client;
}
