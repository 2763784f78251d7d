import { MAX_STOP_SEQUENCES, MAX_SYSTEM_PROMPT_LENGTH } from '@chat-playground/sdk';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { emitIntent } from '../../events/intents.js';
import { base, buttons, fields } from '../../themes/controls.js';
import { renderParameterHead } from '../cp-parameters/parameter-head.js';
import { parameterStyles } from '../cp-parameters/parameter.styles.js';

/**
 * A parameter that is text: the system prompt, or the stop sequences, one a line.
 *
 * @fires cp-parameters-change
 * @fires cp-parameter-reset
 */
export class CpTextParameter extends LitElement {
  static override styles = [base, buttons, fields, parameterStyles];

  @property() name: 'system_prompt' | 'stop' = 'system_prompt';
  /** Whether the model has it. */
  @property({ type: Boolean }) supported = false;
  /** The value asked for, stop sequences one a line; empty when there is none. */
  @property() value = '';

  @state() private isHelpOpen = false;
  @query('textarea') private readonly textarea?: HTMLTextAreaElement | null;

  readonly #localize = new LocalizeController(this);

  override render(): TemplateResult {
    const isPrompt = this.name === 'system_prompt';
    return html`
      ${renderParameterHead({
        host: this,
        localize: this.#localize,
        name: this.name,
        isSet: this.value !== '' && this.supported,
        isHelpOpen: this.isHelpOpen,
        onToggleHelp: () => (this.isHelpOpen = !this.isHelpOpen),
        control: nothing,
      })}
      <textarea
        id="control"
        dir="auto"
        rows=${isPrompt ? 3 : 2}
        maxlength=${MAX_SYSTEM_PROMPT_LENGTH}
        placeholder=${isPrompt ? this.#localize.term('systemPromptPlaceholder') : nothing}
        aria-describedby=${this.supported ? 'help' : 'help why'}
        ?disabled=${!this.supported}
        @input=${this.#handleInput}
      ></textarea>
      ${
        this.supported
          ? nothing
          : html`<p id="why" class="why">${this.#localize.term('parameterUnsupported')}</p>`
      }
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('value') || !this.textarea) return;
    // While it is being typed in, the field is ahead of what it sent (an empty last line, say).
    if (this.textarea.matches(':focus') && this.value !== '') return;
    this.textarea.value = this.value;
  }

  readonly #handleInput = (): void => {
    const text = this.textarea?.value ?? '';
    const stop = text
      .split('\n')
      .filter((line) => line !== '')
      .slice(0, MAX_STOP_SEQUENCES);
    const isEmpty = this.name === 'stop' ? stop.length === 0 : text.trim() === '';
    if (isEmpty) emitIntent(this, 'cp-parameter-reset', { name: this.name });
    else if (this.name === 'stop') emitIntent(this, 'cp-parameters-change', { patch: { stop } });
    else emitIntent(this, 'cp-parameters-change', { patch: { system_prompt: text } });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-text-parameter': CpTextParameter;
  }
}
