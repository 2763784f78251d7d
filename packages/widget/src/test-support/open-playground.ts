import {
  createChatClient,
  createChatStores,
  createMemoryStorage,
  type ConnectionStatus,
  type GetToken,
  type Realtime,
} from '@chat-playground/sdk';
import { fixture, html } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import '../define.js';
import type { ChatPlayground, Layout } from '../elements/chat-playground/chat-playground.js';
import type { Connect } from '../elements/chat-playground/connect.js';
import type { Theme } from '../themes/theme.js';
import { USER } from './chats.js';
import { FakeServer } from './fake-server.js';
import { until } from './until.js';

interface OpenOptions {
  server?: FakeServer;
  layout?: Layout;
  chatId?: string;
  isSignedIn?: boolean;
  theme?: Theme;
  locale?: string;
  /** The page holds the session. */
  getToken?: GetToken;
  /** What the page puts into the element. */
  content?: TemplateResult;
  /** Room for the element, as CSS lengths. */
  width?: string;
  height?: string;
}

export interface OpenPlayground {
  element: ChatPlayground;
  server: FakeServer;
  /** Tells the element that the live connection is so. */
  setConnection: (status: ConnectionStatus) => void;
}

/** The whole widget on a server in memory, with the SDK's real client and stores in between. */
export async function openPlayground(options: OpenOptions = {}): Promise<OpenPlayground> {
  const { server = new FakeServer(), layout = 'panel', isSignedIn = true } = options;
  localStorage.clear();
  sessionStorage.clear();
  const realtime = new FakeRealtime();
  const connect: Connect = ({ getToken }) => {
    const storage = createMemoryStorage();
    if (isSignedIn) {
      storage.set({
        token: 'access',
        refresh_token: 'refresh',
        expires_at: Date.now() + 900_000,
        user: USER,
      });
    }
    const real = createChatClient({
      baseUrl: 'http://server.test',
      fetch: server.fetch,
      ...(getToken === undefined ? { storage } : { getToken }),
      retry: { limit: 0 },
    });
    const client = { ...real, realtime };
    const stores = createChatStores(client, { parametersStorage: null });
    return {
      stores,
      client,
      close: () => {
        stores.stop();
        client.close();
      },
    };
  };
  const box = document.createElement('div');
  Object.assign(box.style, {
    inlineSize: options.width ?? '1280px',
    blockSize: options.height ?? '800px',
  });
  const element = await fixture<ChatPlayground>(
    html`<chat-playground
      layout=${layout}
      locale=${options.locale ?? 'en'}
      theme=${options.theme ?? 'light'}
      .chatId=${options.chatId ?? null}
      .getToken=${options.getToken}
      .connect=${connect}
      >${options.content}</chat-playground
    >`,
    { parentNode: box },
  );
  await settled(element);
  return { element, server, setConnection: (status) => realtime.set(status) };
}

/** Waits until the session is known and, when signed in, models and chats have been answered. */
async function settled(element: ChatPlayground): Promise<void> {
  const view = () => find(element, 'cp-chat-view');
  await until(
    () =>
      Boolean(element.shadowRoot?.querySelector('cp-sign-in, cp-session-ended')) ||
      (view() !== null && view()?.models?.status === 'ready'),
    'the widget never settled',
  );
  await element.updateComplete;
}

/** The first match inside any depth of shadow roots. */
export function find<Tag extends keyof HTMLElementTagNameMap>(
  root: Element | ShadowRoot,
  selector: Tag,
): HTMLElementTagNameMap[Tag] | null;
export function find(root: Element | ShadowRoot, selector: string): HTMLElement | null;
export function find(root: Element | ShadowRoot, selector: string): HTMLElement | null {
  const scope = root instanceof Element ? (root.shadowRoot ?? root) : root;
  const direct = scope.querySelector<HTMLElement>(selector);
  if (direct !== null) return direct;
  for (const child of scope.querySelectorAll('*')) {
    if (child.shadowRoot === null) continue;
    const found = find(child.shadowRoot, selector);
    if (found !== null) return found;
  }
  // Slotted content lies beside the shadow root, not in it.
  if (root instanceof Element && root.shadowRoot !== null) {
    for (const child of root.children) {
      const found = child.matches(selector) ? (child as HTMLElement) : find(child, selector);
      if (found !== null) return found;
    }
  }
  return null;
}

/** Like {@link find}, for what a test cannot go on without. */
export function get<Tag extends keyof HTMLElementTagNameMap>(
  root: Element,
  selector: Tag,
): HTMLElementTagNameMap[Tag];
export function get(root: Element, selector: string): HTMLElement;
export function get(root: Element, selector: string): HTMLElement {
  const found = find(root, selector);
  if (found === null) throw new Error(`There is no ${selector}.`);
  return found;
}

class FakeRealtime implements Realtime {
  #status: ConnectionStatus = 'idle';
  readonly #listeners = new Set<(status: ConnectionStatus) => void>();

  connect(): Promise<void> {
    this.set('online');
    return Promise.resolve();
  }
  disconnect(): void {
    this.#status = 'idle';
  }
  status(): ConnectionStatus {
    return this.#status;
  }
  onEvent(): () => void {
    return () => undefined;
  }
  onStatus(listener: (status: ConnectionStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  set(status: ConnectionStatus): void {
    this.#status = status;
    for (const listener of this.#listeners) listener(status);
  }
}
