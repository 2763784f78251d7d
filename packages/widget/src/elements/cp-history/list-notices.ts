import type { ChatsState } from '@chat-playground/sdk';
import { html, type TemplateResult } from 'lit';
import type { LocalizeController } from '../../controllers/localize-controller.js';
import { emitIntent } from '../../events/intents.js';

/** What stands in the place of chats where there are none. */
export function renderNoChats(
  { query, archived }: ChatsState,
  localize: LocalizeController,
): TemplateResult {
  const text =
    query === ''
      ? localize.term(archived ? 'noArchivedChats' : 'noChats')
      : localize.term('noChatsFound', { query });
  return html`<p class="message" role="status">${text}</p>`;
}

/** Neither a chat nor a message matches. */
export function renderNothingFound(query: string, localize: LocalizeController): TemplateResult {
  return html`<p class="message" role="status">
    ${localize.term('nothingFound', { query })}
    <span class="hint">${localize.term('nothingFoundHint')}</span>
  </p>`;
}

/** The chats could not be loaded; `host` asks for another try. */
export function renderFailure(host: HTMLElement, localize: LocalizeController): TemplateResult {
  return html`<div class="message" role="alert">
    ${localize.term('chatsFailed')}
    <div>
      <button
        class="button small"
        type="button"
        @click=${() => emitIntent(host, 'cp-retry', { what: 'chats' })}
      >
        ${localize.term('retry')}
      </button>
    </div>
  </div>`;
}
