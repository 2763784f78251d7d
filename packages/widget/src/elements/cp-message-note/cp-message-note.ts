import type { Message } from '@chat-playground/sdk';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { emitIntent } from '../../events/intents.js';
import { replyErrorText } from '../../i18n/error-text.js';
import { icon } from '../../icons/icons.js';
import { base, buttons } from '../../themes/controls.js';
import { styles } from './cp-message-note.styles.js';
import { RetryCountdown } from './retry-countdown.js';

const MS_PER_SECOND = 1000;

/**
 * What is to be said of a reply that did not simply end: that it was stopped, interrupted, cut off
 * or failed, and what can be done about it.
 *
 * @prop message a reply
 * @attr busy a reply is being written somewhere in the chat: nothing that would start another
 * @attr first nothing of the message stands above it
 * @fires cp-continue
 * @fires cp-regenerate
 * @csspart note
 */
export class CpMessageNote extends LitElement {
  static override styles = [base, buttons, styles];

  @property({ attribute: false }) message!: Message;
  @property({ type: Boolean }) busy = false;
  @property({ type: Boolean, reflect: true }) first = false;

  readonly #localize = new LocalizeController(this);
  readonly #countdown = new RetryCountdown(this);

  override render(): TemplateResult | typeof nothing {
    const { status, content, error } = this.message;
    const term = this.#localize.term.bind(this.#localize);
    // Of a reply without a text there is nothing to go on from.
    const again = content === '' ? this.#renderRetry() : this.#renderContinue();
    switch (status) {
      case 'pending':
      case 'streaming':
        return nothing;
      case 'complete':
        if (content === '') return this.#renderNote(term('emptyReply'), nothing);
        return isCutOff(this.message) ? this.#renderNote(term('replyCutOff'), again) : nothing;
      case 'stopped':
        return this.#renderNote(term('replyStopped'), again);
      case 'interrupted':
        return this.#renderNote(
          html`${icon('alert')}<span>${term('replyInterrupted')}</span>`,
          content === '' ? again : html`${again} ${this.#renderRetry()}`,
        );
      case 'error':
        return this.#renderError(
          error === null ? term('replyFailed') : replyErrorText(error, this.#localize.localization),
        );
    }
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('message')) return;
    const { error, created_at } = this.message;
    const wait = error?.retry_after;
    if (wait !== undefined) this.#countdown.countTo(Date.parse(created_at) + wait * MS_PER_SECOND);
  }

  #renderNote(
    text: string | TemplateResult,
    actions: TemplateResult | typeof nothing,
  ): TemplateResult {
    return html`<div class="note" part="note">
      ${typeof text === 'string' ? html`<span>${text}</span>` : text} ${actions}
    </div>`;
  }

  #renderError(text: string): TemplateResult {
    return html`<div class="note error" part="note">
      ${icon('alert')}<span>${text}</span>
      ${this.message.content === '' ? nothing : this.#renderContinue()} ${this.#renderRetry()}
    </div>`;
  }

  #renderContinue(): TemplateResult {
    return html`<button
      class="button small continue"
      type="button"
      ?disabled=${this.busy}
      @click=${() => emitIntent(this, 'cp-continue', { messageId: this.message.message_id })}
    >
      ${icon('play')} ${this.#localize.term('continueReply')}
    </button>`;
  }

  #renderRetry(): TemplateResult {
    const seconds = this.#countdown.secondsLeft;
    const label =
      seconds > 0
        ? this.#localize.term('retryIn', { count: seconds })
        : this.#localize.term('retry');
    return html`<button
      class="button small"
      type="button"
      ?disabled=${this.busy || seconds > 0}
      @click=${() => emitIntent(this, 'cp-regenerate', { messageId: this.message.message_id })}
    >
      ${label}
    </button>`;
  }
}

/** Whether there is anything to say of a message beside its text. */
export function hasNote(message: Message): boolean {
  const { role, status, content } = message;
  if (role === 'user' || status === 'pending' || status === 'streaming') return false;
  return status !== 'complete' || content === '' || isCutOff(message);
}

/** Whether the provider ended it because it had become as long as was asked for. */
function isCutOff({ metrics }: Message): boolean {
  return metrics?.finish_reason === 'length';
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-message-note': CpMessageNote;
  }
}
