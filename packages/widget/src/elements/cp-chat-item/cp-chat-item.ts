import { MAX_TITLE_LENGTH, type Chat } from '@chat-playground/sdk';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { isOfInputMethod } from '../../controllers/input-method.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { emitIntent } from '../../events/intents.js';
import { icon } from '../../icons/icons.js';
import { base, buttons, fields } from '../../themes/controls.js';
import type { MenuGroup } from '../cp-menu/cp-menu.js';
import { findMatches } from '../cp-message-hits/find-matches.js';
import { markedText, marks } from '../cp-message-hits/marked-text.js';
import { styles } from './cp-chat-item.styles.js';

/**
 * One chat of the history: a button that opens it, and a menu to rename, pin, archive or delete.
 *
 * @prop chat
 * @prop query what was searched for; it is marked in the title
 * @attr current this is the chat that is shown
 * @fires cp-open-chat
 * @fires cp-rename-chat
 * @fires cp-pin-chat
 * @fires cp-archive-chat
 * @fires cp-delete-chat
 */
export class CpChatItem extends LitElement {
  static override styles = [base, buttons, fields, marks, styles];

  @property({ attribute: false }) chat?: Chat;
  @property({ attribute: false }) query = '';
  @property({ type: Boolean }) current = false;

  @state() private isRenaming = false;
  @query('input') private readonly input?: HTMLInputElement | null;
  @query('.open') private readonly openButton?: HTMLElement | null;

  readonly #localize = new LocalizeController(this);

  override render(): TemplateResult {
    const { chat } = this;
    if (chat === undefined) return html``;
    return html`<div class="row" ?data-current=${this.current}>
      ${this.isRenaming ? this.#renderInput(chat) : this.#renderTitle(chat)}
    </div>`;
  }

  override focus(options?: FocusOptions): void {
    this.openButton?.focus(options);
  }

  #renderTitle(chat: Chat): TemplateResult {
    const title = chat.chat_title ?? this.#localize.term('untitledChat');
    return html`<button
        class="open ${chat.chat_title === null ? 'untitled' : ''}"
        type="button"
        aria-current=${this.current ? 'page' : nothing}
        title=${title}
        dir="auto"
        @click=${() => emitIntent(this, 'cp-open-chat', { chatId: chat.chat_id })}
        @dblclick=${this.#startRenaming}
      >
        ${chat.chat_title === null ? title : markedText(title, findMatches(title, this.query))}
      </button>
      <cp-menu
        side="end"
        label=${this.#localize.term('chatActions', { title })}
        .groups=${this.#actions(chat)}
        @cp-menu-select=${(event: CustomEvent<{ id: string }>) => this.#act(event.detail.id, chat)}
      >
        <span class="dots">${icon('dots')}</span>
      </cp-menu>`;
  }

  #renderInput(chat: Chat): TemplateResult {
    return html`<input
      type="text"
      enterkeyhint="done"
      maxlength=${MAX_TITLE_LENGTH}
      aria-label=${this.#localize.term('renameLabel')}
      .value=${chat.chat_title ?? ''}
      @keydown=${this.#handleKeydown}
      @blur=${this.#commit}
    />`;
  }

  #actions(chat: Chat): MenuGroup[] {
    const term = this.#localize.term.bind(this.#localize);
    return [
      {
        items: [
          { id: 'rename', label: term('rename'), icon: 'edit' },
          { id: 'pin', label: term(chat.pinned ? 'unpin' : 'pin'), icon: 'pin' },
          {
            id: 'archive',
            label: term(chat.archived ? 'unarchive' : 'archive'),
            icon: 'archive',
          },
        ],
      },
      { items: [{ id: 'delete', label: term('delete'), icon: 'trash', danger: true }] },
    ];
  }

  #act(id: string, chat: Chat): void {
    const chatId = chat.chat_id;
    if (id === 'rename') void this.#startRenaming();
    if (id === 'pin') emitIntent(this, 'cp-pin-chat', { chatId, pinned: !chat.pinned });
    if (id === 'archive') emitIntent(this, 'cp-archive-chat', { chatId, archived: !chat.archived });
    if (id === 'delete') emitIntent(this, 'cp-delete-chat', { chatId });
  }

  readonly #startRenaming = async (): Promise<void> => {
    this.isRenaming = true;
    await this.updateComplete;
    this.input?.focus();
    this.input?.select();
  };

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    if (isOfInputMethod(event)) return;
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Enter') this.#commit();
    void this.#stopRenaming();
  };

  async #stopRenaming(): Promise<void> {
    this.isRenaming = false;
    await this.updateComplete;
    this.focus();
  }

  readonly #commit = (): void => {
    // Removing the field blurs it: by then the answer has been given.
    if (!this.isRenaming) return;
    this.isRenaming = false;
    const title = this.input?.value.trim() ?? '';
    const { chat } = this;
    if (chat === undefined || title === '' || title === chat.chat_title) return;
    emitIntent(this, 'cp-rename-chat', { chatId: chat.chat_id, title });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-chat-item': CpChatItem;
  }
}
