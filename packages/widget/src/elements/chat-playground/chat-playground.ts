import type { ChatStores, GetToken, Parameters, SessionState } from '@chat-playground/sdk';
import { html, isServer, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { Intents } from '../../events/intents.js';
import { announce } from '../../events/widget-events.js';
import type { Localization } from '../../i18n/localization.js';
import { base, buttons } from '../../themes/controls.js';
import type { Theme } from '../../themes/theme.js';
import { tokens } from '../../themes/tokens.js';
import type { CpChatView } from '../cp-chat-view/cp-chat-view.js';
import { loadConversationElements } from '../cp-chat-view/load-conversation-elements.js';
import { Drafts } from '../cp-composer/drafts.js';
import type { CpToasts, Toast } from '../cp-toasts/cp-toasts.js';
import { announceConversation } from './announce-changes.js';
import { attempt, createAnswers, type AnswerContext } from './answer-intents.js';
import { styles } from './chat-playground.styles.js';
import { connectToServer, type Connect } from './connect.js';
import { FocusKeeper } from './focus-keeper.js';
import { HideableParts } from './hideable-parts.js';
import { IntentsController } from './intents-controller.js';
import { LanguageController } from './language-controller.js';
import { PanelsController } from './panels-controller.js';
import { PresetsController } from './presets-controller.js';
import { ReaderPreferences } from './reader-preferences.js';
import { renderLauncher, renderStage } from './render-stage.js';
import { SearchController } from './search-controller.js';
import { ServerController } from './server-controller.js';
import { Sheets } from './sheets.js';
import { ShortcutsController } from './shortcuts-controller.js';
import { ShownChat } from './shown-chat.js';
import { SignInController } from './sign-in-controller.js';
import { SlotsController } from './slots-controller.js';

const RESTORING: SessionState = { status: 'restoring', user: null };

export type Layout = 'full' | 'panel' | 'floating';

/**
 * A whole chat: sign-in, history, conversation, models and parameters. It is the only element that
 * talks to the server; the ones inside ask it by intents.
 *
 * @attr base-url the server's address; the page's own origin when absent
 * @attr {'light' | 'dark' | 'auto'} theme `auto` (default) follows the system
 * @attr locale language of the interface; the reader's own when absent
 * @attr {'full' | 'panel' | 'floating'} layout the whole window (default), the box it sits in, or
 *   a button at the corner of the window that opens a panel
 * @attr chat-id the chat that is shown; changes with it
 * @attr open whether the panel of the floating layout is open
 * @slot header in the bar above the conversation
 * @slot empty in place of the greeting of an empty chat
 * @slot message-actions a `<template>`, cloned below every reply; its controls carry `data-action`
 * @slot footer in place of the line below the message box
 * @fires chat-playground:ready once it is known who is signed in
 * @fires chat-playground:chat-change
 * @fires chat-playground:message-sent
 * @fires chat-playground:reply-end
 * @fires chat-playground:error
 * @fires chat-playground:session-change
 * @fires chat-playground:vote
 * @fires chat-playground:message-action
 * @csspart frame
 * @csspart launcher
 */
export class ChatPlayground extends HideableParts {
  static override styles = [tokens, base, buttons, styles];

  @property({ attribute: 'base-url' }) baseUrl = '';
  @property({ reflect: true }) theme: Theme = 'auto';
  @property() locale = '';
  @property({ reflect: true }) layout: Layout = 'full';
  @property({ attribute: 'chat-id', reflect: true }) chatId: string | null = null;
  @property({ type: Boolean, reflect: true }) open = false;
  /** Supplies access tokens when the page holds the session; the element then has no sign-in. */
  @property({ attribute: false }) getToken?: GetToken;
  /** How the server is reached; replace it to bring stores of your own. */
  @property({ attribute: false }) connect: Connect = connectToServer;

  @query('cp-chat-view') private readonly chatView?: CpChatView | null;
  @query('cp-toasts') private readonly toasts?: CpToasts | null;

  readonly #language = new LanguageController(this);
  readonly #signIn = new SignInController(this);
  readonly #slots = new SlotsController(this);
  readonly #panels = new PanelsController(this, (side) =>
    side === 'history' ? this.hideHistory : this.hideParameters,
  );
  readonly #server = new ServerController(this, {
    onSession: (now, before) => this.#handleSession(now, before),
    onConversation: (now, before) => {
      announceConversation(this, now, before);
      this.#shown.adopt(now, before);
    },
    showGrowth: (partial) => this.chatView?.showGrowth(partial) ?? false,
  });
  readonly #context: AnswerContext = {
    host: this,
    stores: () => this.#server.stores,
    localization: () => this.#words,
    toast: (toast) => this.#toast(toast),
    restoreText: (text) => this.chatView?.restoreText(text),
    revealConversation: () => this.#panels.closeDrawer(),
    focusComposer: () => this.chatView?.focus(),
    openChat: (chatId, messageId) => this.#shown.open(chatId, messageId),
    revealMessage: async (messageId) => {
      await this.updateComplete;
      await this.chatView?.revealMessage(messageId);
    },
    focusStep: async (messageId, direction) => {
      await this.updateComplete;
      await this.chatView?.focusStep(messageId, direction);
    },
    confirm: (question) => this.#sheets.ask(question),
  };
  readonly #shown = new ShownChat(
    this,
    this.#server,
    (run) => void attempt(this.#context, run, true),
  );
  readonly #sheets = new Sheets(this, () => this.#tellOffline());
  readonly #presets = new PresetsController(this, this.#context);
  readonly #search = new SearchController(this, () => this.#server.stores);

  constructor() {
    super();
    new FocusKeeper(this);
    new IntentsController(this, this.#context, {
      ...createAnswers(this.#context),
      ...this.#presets.answers,
      ...new ReaderPreferences(this).answers,
      'cp-search': (asked) => this.#search.find(asked),
      'cp-search-more': () => this.#search.loadMore(),
      'cp-retry': ({ what }) => this.#retry(what),
      'cp-sign-in': (form) => this.#enter((stores) => stores.signIn(form)),
      'cp-register': (form) => this.#enter((stores) => stores.register(form)),
      'cp-sign-out': () => this.signOut(),
      'cp-show': ({ panel }) => this.#show(panel),
      'cp-hide': ({ panel }) => this.#panels.hide(panel),
      'cp-close-widget': () => this.#close(),
    });
    new ShortcutsController(this, {
      isWholePage: () => this.layout === 'full',
      focusComposer: () => this.chatView?.focus(),
      newChat: () => void this.newChat().then(() => this.chatView?.focus()),
      showHelp: () => this.#show('shortcuts'),
      escape: () => this.#escape(),
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Fetched while the session is checked. A failure is met again where they are needed.
    loadConversationElements().catch(() => undefined);
    this.requestUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (isServer || !this.isConnected) return;
    if (changed.has('locale')) void this.#useLanguage();
    const isElsewhere = changed.has('baseUrl') || changed.has('getToken') || changed.has('connect');
    if (isElsewhere || this.#server.stores === null) this.#connectToServer();
    else if (changed.has('chatId')) this.#shown.follow();
  }

  protected override updated(): void {
    this.#panels.observe(this.renderRoot.querySelector('.stage'));
  }

  override render(): TemplateResult {
    const isFloating = this.layout === 'floating';
    return html`
      ${
        isFloating && !this.open
          ? nothing
          : html`<div class="stage">
              <div class="words" lang=${this.#words.locale} dir=${this.#words.direction}>
                ${this.#renderStage()}
                <cp-toasts @leave=${() => this.focus()}></cp-toasts>
                ${this.#sheets.render(this.#words)}
              </div>
            </div>`
      }
      ${isFloating ? renderLauncher(this.#words, this.open, () => (this.open = !this.open)) : nothing}
    `;
  }

  /** Sends a message in the shown chat. Resolves when its reply has ended. */
  async send(text: string): Promise<void> {
    await this.#server.stores?.send(text);
  }

  /** Leaves the shown chat for an empty one. The focus stays where it is; see `focus`. */
  async newChat(): Promise<void> {
    await this.#shown.open(null);
    this.#panels.closeDrawer();
    await this.updateComplete;
  }

  /**
   * Shows another chat.
   *
   * @param options `messageId`: a message of it to be brought into sight and marked, on whichever
   *   branch it is
   * @throws ChatError when it cannot be loaded
   */
  async openChat(chatId: string, options: { messageId?: string } = {}): Promise<void> {
    const { messageId } = options;
    await this.#shown.open(chatId, messageId);
    if (messageId !== undefined) await this.#context.revealMessage(messageId);
  }

  /** Sets model and parameters of the next replies. */
  setParameters(patch: Partial<Parameters>): void {
    this.#server.stores?.setParameters(patch);
  }

  /** Stops the reply that is being written; what was written stays. */
  async stop(): Promise<void> {
    await this.#server.stores?.stopReply();
  }

  /** Ends the session, here and at the server, and forgets what was written but not sent. */
  async signOut(): Promise<void> {
    // The next person at this browser must find neither drafts nor the chat's address.
    new Drafts().clear();
    this.chatId = null;
    await this.#server.stores?.signOut();
  }

  /** Moves the focus to the message box. */
  override focus(options?: FocusOptions): void {
    this.chatView?.focus(options);
  }

  get #words(): Localization {
    return this.#language.words;
  }

  #renderStage(): TemplateResult {
    return renderStage({
      words: this.#words,
      server: this.#server,
      signIn: this.#signIn,
      isHeldByPage: this.getToken !== undefined,
      presets: this.#presets.view,
      found: this.#search.found,
      panels: this.#panels,
      theme: this.theme,
      hidden: this,
      slots: this.#slots,
      isWholePage: this.layout === 'full',
      isClosable: this.layout === 'floating',
    });
  }

  #connectToServer(): void {
    const { baseUrl, getToken } = this;
    const connected = this.connect({ baseUrl, ...(getToken !== undefined && { getToken }) });
    this.#server.use(connected);
    this.#presets.use(connected.client);
    this.#search.use(connected.client);
    const { session } = this.#server;
    // Stores of the page may have been started long ago: then there is no change to wait for.
    if (session.status !== 'restoring') this.#handleSession(session, RESTORING);
    void connected.stores.start();
  }

  #handleSession(now: SessionState, before: SessionState): void {
    if (now.status === 'restoring') return;
    const { user } = now;
    if (before.status === 'restoring') announce(this, 'chat-playground:ready', { user });
    else announce(this, 'chat-playground:session-change', { user });
    if (now.status === 'signed-in') queueMicrotask(() => this.#shown.follow());
  }

  async #enter(run: (stores: ChatStores) => Promise<void>): Promise<void> {
    const { stores } = this.#server;
    if (stores === null || !(await this.#signIn.attempt(() => run(stores)))) return;
    // Into the chat at once: the form that had the focus is gone.
    await this.updateComplete;
    this.chatView?.focus();
  }

  async #retry(what: Intents['cp-retry']['what']): Promise<void> {
    const { stores, chats } = this.#server;
    if (what === 'session') this.#connectToServer();
    else if (what === 'models') await stores?.loadModels();
    else if (what === 'presets') await this.#presets.load();
    else if (what === 'chats')
      await this.#search.find({ query: chats?.query ?? '', archived: chats?.archived === true });
    else await this.#shown.open(this.chatId);
  }

  async #useLanguage(): Promise<void> {
    try {
      await this.#language.use(this.locale);
    } catch {
      // The file could not be fetched: everything stays readable in the language before.
      this.#tellOffline();
    }
  }

  #tellOffline(): void {
    this.#toast({ text: this.#words.term('errorNetwork'), kind: 'error' });
  }

  #show(panel: Intents['cp-show']['panel']): void {
    if (panel === 'history' || panel === 'parameters') this.#panels.show(panel);
    else void this.#sheets.show(panel);
  }

  #escape(): void {
    const { conversation } = this.#server;
    if (conversation?.partial || conversation?.sending) void this.stop();
    else if (this.layout === 'floating' && this.open) this.#close();
  }

  #close(): void {
    this.open = false;
    this.renderRoot.querySelector<HTMLElement>('.launcher')?.focus();
  }

  #toast(toast: Toast): void {
    this.toasts?.show(toast);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-playground': ChatPlayground;
  }
}
