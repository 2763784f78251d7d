import { ContextConsumer } from '@lit/context';
import type { Message, Vote } from '@chat-playground/sdk';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { guard } from 'lit/directives/guard.js';
import { copyText } from '../../clipboard/copy-text.js';
import { messageActionsContext } from '../../context/message-actions-context.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { emitIntent } from '../../events/intents.js';
import { icon, type IconName } from '../../icons/icons.js';
import { base, buttons } from '../../themes/controls.js';
import type { CpMenu, MenuGroup } from '../cp-menu/cp-menu.js';
import { styles } from './cp-message-actions.styles.js';

/** How long the copy button says that it has copied. */
const CONFIRM_MS = 2000;

interface Action {
  name: IconName;
  label: string;
  handleClick: () => void;
  isPressed?: boolean;
  isDisabled?: boolean;
  isDone?: boolean;
}

/**
 * What can be done with a message: copy, edit or make anew, vote, switch between its versions,
 * delete it.
 *
 * @prop message
 * @prop plainText gives the message's text as it is read; its markdown when absent
 * @attr busy a reply is being written: nothing that would start another
 * @attr votable replies can be voted on
 * @fires cp-vote
 * @fires cp-message-action when one of the page's own actions is used
 * @fires cp-regenerate
 * @fires cp-branch with the version to switch to
 * @fires cp-delete-message
 * @fires cp-toast when the browser did not allow copying
 * @fires edit-message
 */
export class CpMessageActions extends LitElement {
  static override styles = [base, buttons, styles];

  @property({ attribute: false }) message!: Message;
  @property({ type: Boolean }) busy = false;
  @property({ type: Boolean }) votable = false;

  @property({ attribute: false }) plainText?: () => string;

  @state() private announcement = '';
  @state() private copied: 'text' | 'markdown' | null = null;
  /** The menu is made when it is first wanted: most messages of a long chat never need theirs. */
  @state() private hasMenu = false;
  @query('cp-menu') private readonly menu!: CpMenu | null;

  readonly #localize = new LocalizeController(this);
  readonly #ofPage = new ContextConsumer(this, {
    context: messageActionsContext,
    subscribe: true,
  });
  #confirmTimer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#confirmTimer);
  }

  override render(): TemplateResult {
    if (this.message.deleted_at !== undefined) return html`${this.#renderBranches()}`;
    if (this.message.role === 'user') {
      return html`${this.#renderBranches()} ${this.#renderCopy('text', 'copy')}
      ${this.#renderEdit()} ${this.#renderMenu()} ${this.#renderStatus()}`;
    }
    // Of a reply without text there is nothing to copy or to judge.
    const hasText = this.message.content !== '';
    return html`${this.#renderBranches()} ${hasText ? this.#renderCopy('text', 'copy') : nothing}
    ${hasText ? this.#renderCopy('markdown', 'markdown') : nothing} ${this.#renderRegenerate()}
    ${hasText && this.votable ? this.#renderVotes() : nothing} ${this.#renderOfPage()}
    ${this.#renderMenu()} ${this.#renderStatus()}`;
  }

  /** Says something to screen readers. */
  announce(text: string): void {
    this.announcement = text;
  }

  /** Gives the focus back to the button that opened the editor. */
  async focusEdit(): Promise<void> {
    await this.#focusFirst('.edit');
  }

  /** Moves the focus to the button of the vote that was cast. */
  async focusVote(): Promise<void> {
    await this.#focusFirst('[aria-pressed="true"]');
  }

  /** Moves the focus to the step that leads on in a direction, or back where it leads no further. */
  async focusStep(direction: 'previous' | 'next'): Promise<void> {
    const [to, back] = direction === 'next' ? ['right', 'left'] : ['left', 'right'];
    await this.#focusFirst(`.chevron-${to}:enabled, .chevron-${back}:enabled`, `.chevron-${to}`);
  }

  /** @param preferred taken among several matches, if it can have the focus */
  async #focusFirst(selector: string, preferred = selector): Promise<void> {
    await this.updateComplete;
    const matches = [...this.renderRoot.querySelectorAll<HTMLElement>(selector)];
    (matches.find((match) => match.matches(preferred)) ?? matches[0])?.focus();
  }

  #renderAction(action: Action): TemplateResult {
    const { name, label, handleClick, isPressed, isDisabled = false, isDone = false } = action;
    return html`<button
      class=${classMap({ 'icon-button': true, done: isDone, [name]: true })}
      type="button"
      aria-label=${label}
      title=${label}
      .ariaPressed=${isPressed === undefined ? null : String(isPressed)}
      ?disabled=${isDisabled}
      @click=${handleClick}
    >
      ${icon(name)}
    </button>`;
  }

  #renderCopy(format: 'text' | 'markdown', name: IconName): TemplateResult {
    const isDone = this.copied === format;
    const label = this.#localize.term(format === 'text' ? 'copyAsText' : 'copyAsMarkdown');
    return this.#renderAction({
      name: isDone ? 'check' : name,
      label: isDone ? this.#localize.term('copied') : label,
      handleClick: () => void this.#copy(format),
      isDone,
    });
  }

  #renderEdit(): TemplateResult {
    return this.#renderAction({
      name: 'edit',
      label: this.#localize.term('editMessage'),
      handleClick: () => this.dispatchEvent(new CustomEvent('edit-message')),
      isDisabled: this.busy,
    });
  }

  #renderRegenerate(): TemplateResult {
    const messageId = this.message.message_id;
    return this.#renderAction({
      name: 'refresh',
      label: this.#localize.term('regenerate'),
      handleClick: () => emitIntent(this, 'cp-regenerate', { messageId }),
      isDisabled: this.busy,
    });
  }

  #renderVotes(): TemplateResult {
    return html`${this.#renderVote('upvote', 'thumb-up', this.#localize.term('goodReply'))}
    ${this.#renderVote('downvote', 'thumb-down', this.#localize.term('badReply'))}`;
  }

  #renderVote(vote: Vote, name: IconName, label: string): TemplateResult {
    const messageId = this.message.message_id;
    return this.#renderAction({
      name,
      label,
      handleClick: () => emitIntent(this, 'cp-vote', { messageId, vote }),
      isPressed: this.message.vote === vote,
    });
  }

  /** The page's own actions: a copy of its template, made once so that it keeps the focus. */
  #renderOfPage(): TemplateResult | typeof nothing {
    const template = this.#ofPage.value ?? null;
    if (template === null) return nothing;
    return html`<span class="of-page" part="page-actions" @click=${this.#handlePageAction}
      >${guard([template], () => template.content.cloneNode(true))}</span
    >`;
  }

  readonly #handlePageAction = (event: Event): void => {
    const control = (event.target as Element).closest<HTMLElement>('[data-action]');
    const action = control?.dataset.action;
    if (action === undefined) return;
    emitIntent(this, 'cp-message-action', { messageId: this.message.message_id, action });
  };

  #renderBranches(): TemplateResult | typeof nothing {
    const { sibling_count, sibling_index, previous_sibling_id, next_sibling_id } = this.message;
    if (sibling_count < 2) return nothing;
    const position = { index: sibling_index + 1, count: sibling_count };
    const label = this.#localize.term('versionOf', position);
    return html`<span class="branches" role="group" aria-label=${label}>
      ${this.#renderStep('chevron-left', this.#localize.term('previousVersion'), previous_sibling_id)}
      <span aria-hidden="true">${position.index} / ${position.count}</span>
      ${this.#renderStep('chevron-right', this.#localize.term('nextVersion'), next_sibling_id)}
    </span>`;
  }

  #renderStep(name: IconName, label: string, messageId: string | null): TemplateResult {
    const direction = name === 'chevron-left' ? 'previous' : 'next';
    return this.#renderAction({
      name,
      label,
      handleClick: () => {
        if (messageId !== null) emitIntent(this, 'cp-branch', { messageId, direction });
      },
      isDisabled: this.busy || messageId === null,
    });
  }

  #renderMenu(): TemplateResult {
    const label = this.#localize.term('messageActions');
    if (!this.hasMenu) {
      return this.#renderAction({ name: 'dots', label, handleClick: () => void this.#openMenu() });
    }
    return html`<cp-menu
      side="end"
      label=${label}
      .groups=${this.#menuGroups()}
      @cp-menu-select=${() =>
        emitIntent(this, 'cp-delete-message', { messageId: this.message.message_id })}
    >
      <span class="icon-button">${icon('dots')}</span>
    </cp-menu>`;
  }

  #menuGroups(): MenuGroup[] {
    const label = this.#localize.term('deleteMessage');
    return [{ items: [{ id: 'delete', label, icon: 'trash', danger: true }] }];
  }

  async #openMenu(): Promise<void> {
    this.hasMenu = true;
    await this.updateComplete;
    await this.menu?.open();
  }

  #renderStatus(): TemplateResult {
    return html`<span class="visually-hidden" role="status">${this.announcement}</span>`;
  }

  async #copy(format: 'text' | 'markdown'): Promise<void> {
    const { content } = this.message;
    const text = format === 'text' ? (this.plainText?.() ?? content) : content;
    if (!(await copyText(text))) {
      emitIntent(this, 'cp-toast', { text: this.#localize.term('copyFailed'), kind: 'error' });
      return;
    }
    this.copied = format;
    this.announce(this.#localize.term('copied'));
    clearTimeout(this.#confirmTimer);
    this.#confirmTimer = setTimeout(() => {
      this.copied = null;
      this.announcement = '';
    }, CONFIRM_MS);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-message-actions': CpMessageActions;
  }
}
