import type {
  ChatError,
  ConnectionStatus,
  ConversationState,
  LoadStatus,
  ModelsState,
  ParametersState,
  PartialReply,
} from '@chat-playground/sdk';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { CountdownController } from '../../controllers/countdown-controller.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { emitIntent } from '../../events/intents.js';
import { errorText } from '../../i18n/error-text.js';
import { icon } from '../../icons/icons.js';
import { base, buttons, skeletons } from '../../themes/controls.js';
import { HideableParts } from '../chat-playground/hideable-parts.js';
import { NEW_CHAT_KEY, type CpComposer } from '../cp-composer/cp-composer.js';
import type { CpConversation } from '../cp-conversation/cp-conversation.js';
import { currentModel, isDemoModel } from '../cp-model-picker/group-models.js';
import { styles } from './cp-chat-view.styles.js';
import { loadConversationElements } from './load-conversation-elements.js';

/**
 * The middle of the widget: which model answers, the conversation in whichever state it is, and
 * where the next message is written.
 *
 * @attr history-open
 * @attr parameters-open
 * @attr closable whether there is a button to close the whole widget
 * @attr user-name whom an empty chat greets
 * @attr hide-history no button for the list of chats; likewise `hide-parameters`, `hide-header`,
 *   `hide-model-picker`, `hide-starters` and `hide-votes`
 * @slot header
 * @slot empty
 * @slot footer
 * @fires cp-show
 * @fires cp-hide
 * @fires cp-new-chat
 * @fires cp-close-widget
 * @fires cp-retry with `conversation`
 */
export class CpChatView extends HideableParts {
  static override styles = [base, buttons, skeletons, styles];

  @property({ attribute: false }) conversation?: ConversationState;
  @property({ attribute: false }) models?: ModelsState;
  @property({ attribute: false }) parameters: ParametersState = {};
  @property() connection: ConnectionStatus = 'idle';
  @property({ attribute: 'user-name' }) userName = '';
  @property({ type: Boolean, attribute: 'history-open' }) historyOpen = false;
  @property({ type: Boolean, attribute: 'parameters-open' }) parametersOpen = false;
  @property({ type: Boolean }) closable = false;

  @state() private elements: LoadStatus = 'loading';
  @query('cp-conversation') private readonly messageList?: CpConversation | null;
  @query('cp-composer') private readonly composer?: CpComposer | null;

  readonly #localize = new LocalizeController(this);
  readonly #wait = new CountdownController(this);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#loadElements();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('conversation')?.error ?? null;
    const error = this.conversation?.error ?? null;
    if (error === before || error?.status !== 429) return;
    this.#wait.start(error.retryAfterMs ?? 0);
  }

  override render(): TemplateResult {
    const { conversation } = this;
    const isEmpty = conversation !== undefined && isEmptyChat(conversation);
    return html`
      ${this.#renderHeader()} ${this.#renderOffline()}
      <div class="stage" ?data-empty=${isEmpty}>
        ${
          isEmpty
            ? html`<slot name="empty" class="column empty"
                ><cp-welcome name=${this.userName}></cp-welcome
              ></slot>`
            : this.#renderConversation(conversation)
        }
        <div class="column foot">
          ${this.#renderFailure()}
          <cp-composer
            part="composer"
            chat-key=${conversation?.chat?.chat_id ?? NEW_CHAT_KEY}
            placeholder=${isEmpty ? '' : this.#localize.term('replyPlaceholder')}
            ?busy=${isBusy(conversation)}
            ?disabled=${this.#isBlocked}
          ></cp-composer>
          ${isEmpty && !this.hideStarters ? html`<cp-starters ?disabled=${this.#isBlocked}></cp-starters>` : nothing}
          <slot name="footer">${this.#renderFinePrint()}</slot>
        </div>
      </div>
    `;
  }

  /** Moves the focus to the message box. */
  override focus(options?: FocusOptions): void {
    this.composer?.focus(options);
  }

  /**
   * Shows more of the reply being written, which `conversation` need not tell of.
   *
   * @returns whether the list it stands in is shown
   */
  showGrowth(partial: PartialReply | null): boolean {
    const { messageList } = this;
    if (!messageList) return false;
    messageList.partial = partial;
    return true;
  }

  /** Brings a message of the shown chat into sight and marks it. */
  async revealMessage(messageId: string): Promise<void> {
    await loadConversationElements();
    await this.updateComplete;
    await this.messageList?.reveal(messageId);
  }

  /** Moves the focus to the control of a message that leads to another version of it. */
  async focusStep(messageId: string, direction: 'previous' | 'next'): Promise<void> {
    await this.updateComplete;
    await this.messageList?.focusStep(messageId, direction);
  }

  /** Puts a text that could not be sent back into the message box. */
  restoreText(text: string): void {
    this.composer?.restore(text);
  }

  get #isBlocked(): boolean {
    const status = this.conversation?.status;
    return this.#wait.secondsLeft > 0 || status === 'loading' || status === 'error';
  }

  #renderHeader(): TemplateResult | typeof nothing {
    const term = this.#localize.term.bind(this.#localize);
    if (this.hideHeader) {
      return this.closable
        ? html`<div class="bar"><span class="spring"></span>${this.#renderClose()}</div>`
        : nothing;
    }
    return html`<div class="bar">
      ${
        this.historyOpen
          ? nothing
          : html`${this.hideHistory ? nothing : this.#renderPanelButton('history', false)}
              <button
                class="icon-button"
                type="button"
                aria-label=${term('newChat')}
                title=${term('newChat')}
                @click=${() => emitIntent(this, 'cp-new-chat', {})}
              >
                ${icon('pencil-square')}
              </button>`
      }
      ${
        this.hideModelPicker
          ? nothing
          : html`<cp-model-picker
              .models=${this.models}
              .selected=${this.parameters.model}
            ></cp-model-picker>`
      }
      <div class="spring"><slot name="header"></slot></div>
      ${this.hideParameters ? nothing : this.#renderPanelButton('parameters', this.parametersOpen)}
      ${this.closable ? this.#renderClose() : nothing}
    </div>`;
  }

  #renderClose(): TemplateResult {
    return html`<button
      class="icon-button"
      type="button"
      aria-label=${this.#localize.term('closeChatWindow')}
      @click=${() => emitIntent(this, 'cp-close-widget', {})}
    >
      ${icon('close')}
    </button>`;
  }

  #renderPanelButton(panel: 'history' | 'parameters', isOpen: boolean): TemplateResult {
    const isHistory = panel === 'history';
    const open = isHistory ? 'openHistory' : 'openParameters';
    const close = isHistory ? 'closeHistory' : 'closeParameters';
    const name = this.#localize.term(isOpen ? close : open);
    return html`<button
      class="icon-button"
      type="button"
      aria-label=${name}
      title=${name}
      aria-expanded=${isOpen}
      @click=${() => emitIntent(this, isOpen ? 'cp-hide' : 'cp-show', { panel })}
    >
      ${icon(isHistory ? 'sidebar' : 'sliders')}
    </button>`;
  }

  #renderOffline(): TemplateResult {
    return html`<div role="status">
      ${
        this.connection === 'offline'
          ? html`<div class="banner">${icon('offline')} ${this.#localize.term('offline')}</div>`
          : nothing
      }
    </div>`;
  }

  #renderConversation(conversation: ConversationState | undefined): TemplateResult {
    if (conversation?.status === 'error' || this.elements === 'error') {
      return this.#renderProblem(conversation?.error ?? null);
    }
    const isWaiting = conversation === undefined || isWaitingForFirstPage(conversation);
    if (isWaiting || this.elements === 'loading') {
      return html`<div class="column skeletons" role="status">
        <span class="visually-hidden">${this.#localize.term('loading')}</span>
        <div class="skeleton asked"></div>
        <div class="skeleton"></div>
        <div class="skeleton"></div>
        <div class="skeleton short"></div>
        <div class="skeleton asked"></div>
        <div class="skeleton"></div>
        <div class="skeleton short"></div>
      </div>`;
    }
    return html`<cp-conversation
      .messages=${conversation.messages}
      .partial=${conversation.partial}
      .sending=${conversation.sending}
      .hasOlder=${conversation.hasOlder}
      ?votable=${!this.hideVotes}
    ></cp-conversation>`;
  }

  #renderProblem(error: ChatError | null): TemplateResult {
    const isGone = error?.code === 'not_found' || error?.code === 'invalid_request';
    const term = this.#localize.term.bind(this.#localize);
    return html`<div class="problem" role="alert">
      ${icon(isGone ? 'chat' : 'alert')}
      <p>
        ${term(isGone ? 'chatNotFound' : 'conversationFailed')}
        ${isGone || error === null ? nothing : errorText(error, this.#localize.localization)}
      </p>
      ${
        isGone
          ? html`<button
              class="button"
              type="button"
              @click=${() => emitIntent(this, 'cp-new-chat', {})}
            >
              ${term('startNewChat')}
            </button>`
          : html`<button class="button" type="button" @click=${this.#retry}>
              ${icon('refresh')} ${term('retry')}
            </button>`
      }
    </div>`;
  }

  readonly #retry = (): void => {
    if (this.elements === 'error') void this.#loadElements();
    else emitIntent(this, 'cp-retry', { what: 'conversation' });
  };

  async #loadElements(): Promise<void> {
    this.elements = 'loading';
    try {
      await loadConversationElements();
      this.elements = 'ready';
    } catch {
      // The file could not be fetched; what is shown then offers to try again.
      this.elements = 'error';
    }
  }

  /** Why the last message was not sent. How long to wait is counted down. */
  #renderFailure(): TemplateResult {
    const error = this.conversation?.error ?? null;
    const isShown = error !== null && this.conversation?.status !== 'error';
    const seconds = this.#wait.secondsLeft;
    const isWait = error?.code === 'rate_limited' && error.retryAfterMs !== undefined;
    const isOver = isWait && seconds === 0;
    return html`<div role="alert">
      ${
        !isShown || isOver
          ? nothing
          : html`<div class="failure">
              ${icon(isWait ? 'clock' : 'alert')}
              <span aria-live=${isWait ? 'off' : nothing}
                >${
                  isWait
                    ? this.#localize.term('rateLimited', { count: seconds })
                    : errorText(error, this.#localize.localization)
                }</span
              >
            </div>`
      }
    </div>`;
  }

  #renderFinePrint(): TemplateResult {
    const term = this.#localize.term.bind(this.#localize);
    const model = currentModel(this.models?.models ?? [], this.parameters.model);
    if (model === undefined || !isDemoModel(model)) {
      return html`<p class="fine-print">${term('disclaimer')}</p>`;
    }
    return html`<p class="fine-print">
      ${term('demoNotice')}
      <button
        class="link"
        type="button"
        @click=${() => emitIntent(this, 'cp-show', { panel: 'connect' })}
      >
        ${term('demoNoticeHow')}
      </button>
    </p>`;
  }
}

function isBusy(conversation: ConversationState | undefined): boolean {
  return conversation !== undefined && (conversation.sending ?? conversation.partial) !== null;
}

function isEmptyChat({ status, chat, messages, sending }: ConversationState): boolean {
  const isSettled = status === 'idle' || status === 'ready';
  return isSettled && chat === null && messages.length === 0 && sending === null;
}

function isWaitingForFirstPage({ status, messages, sending }: ConversationState): boolean {
  return status === 'loading' && messages.length === 0 && sending === null;
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-chat-view': CpChatView;
  }
}
