import {
  createChatClient,
  createChatStores,
  isChatError,
  type ChatClient,
} from '@chat-playground/sdk';
import { endpoints, type StreamEvent } from '@chat-playground/sdk/protocol';
import { createReplayServer, transcripts } from '@chat-playground/sdk/testing';
import { isDomainError, main, startServer, type ServerParts } from '@chat-playground/server';
import { ChatPlayground } from '@chat-playground/widget';
import '@chat-playground/widget/define';

const server = createReplayServer({ replies: [transcripts.happy] });
const client: ChatClient = createChatClient({
  baseUrl: endpoints.sendMessage.path,
  fetch: server.fetch,
});
export const stores = createChatStores(client);

export function textOf({ event, data }: StreamEvent): string {
  return event === 'text-delta' ? data.delta : '';
}
export function describe(error: unknown): string {
  if (isChatError(error)) return error.code;
  return isDomainError(error) ? error.message : '';
}
export const start = (parts?: ServerParts): Promise<unknown> =>
  parts === undefined ? main() : startServer(parts);

const element = document.querySelector('chat-playground');
element?.addEventListener('chat-playground:reply-end', ({ detail }) => {
  console.log(detail.message.content.length, element instanceof ChatPlayground);
});

// @ts-expect-error -- these are types, and not any
createChatClient({ baseUrl: 5001 });
// @ts-expect-error -- and so are the element's
void element?.send(5001);
// @ts-expect-error -- and the server's
void startServer({ port: '5001' });
