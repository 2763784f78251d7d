import type { AppliedParameters, Message, ParameterName, ReplyMetrics } from '@chat-playground/sdk';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { PopoverController } from '../../controllers/popover-controller.js';
import type { Term } from '../../i18n/dictionary.js';
import { base, buttons, surfaces } from '../../themes/controls.js';
import { styles } from './cp-reply-details.styles.js';

type Outcome = NonNullable<AppliedParameters[ParameterName]>;
type PlainTerm = Extract<
  Term,
  | 'outputLength'
  | 'temperature'
  | 'topP'
  | 'repetitionPenalty'
  | 'frequencyPenalty'
  | 'presencePenalty'
  | 'seed'
  | 'systemPrompt'
  | 'stopSequences'
>;

const PARAMETER_TERMS: Readonly<Record<ParameterName, PlainTerm>> = {
  output_length: 'outputLength',
  temperature: 'temperature',
  top_p: 'topP',
  repetition_penalty: 'repetitionPenalty',
  frequency_penalty: 'frequencyPenalty',
  presence_penalty: 'presencePenalty',
  seed: 'seed',
  system_prompt: 'systemPrompt',
  stop: 'stopSequences',
};

/**
 * What a reply cost in one line, which opens how it was made: tokens, times, and what the model made
 * of every parameter.
 *
 * @prop message a reply that has ended
 */
export class CpReplyDetails extends LitElement {
  static override styles = [base, buttons, surfaces, styles];

  @property({ attribute: false }) message!: Message;

  @query('.summary') private readonly anchor!: HTMLElement | null;
  @query('.surface') private readonly surface!: HTMLElement | null;

  readonly #localize = new LocalizeController(this);
  readonly #popover = new PopoverController(this, {
    anchor: () => this.anchor,
    popover: () => this.surface,
  });

  override render(): TemplateResult {
    return html`<button
        class="summary"
        type="button"
        popovertarget="details"
        title=${this.#localize.term('replyDetails')}
        aria-expanded=${this.#popover.isOpen}
        @click=${this.#popover.handleAnchorClick}
      >
        ${this.#renderSummary()}
      </button>
      <div
        class="surface"
        id="details"
        popover
        role="dialog"
        tabindex="-1"
        aria-label=${this.#localize.term('replyDetails')}
        @toggle=${this.#popover.handleToggle}
        @keydown=${this.#popover.handleEscape}
      >
        ${this.#popover.isOpen ? this.#renderDetails() : nothing}
      </div>`;
  }

  #renderSummary(): TemplateResult {
    const { metrics, model } = this.message;
    const adjusted = this.#outcomes().filter(([, { outcome }]) => isAdjustment(outcome)).length;
    const speed = metrics?.tokens_per_second ?? null;
    return html`${
      metrics === null
        ? nothing
        : html`<span>${this.#tokens(metrics)}</span>
            <span>${this.#seconds(metrics.response_time)}</span>`
    }
    ${speed === null ? nothing : html`<span>${this.#speed(speed)}</span>`}
    ${model === null ? nothing : html`<span>${shortModelName(model)}</span>`}
    ${
      adjusted === 0
        ? nothing
        : html`<span class="adjusted"
            >${this.#localize.term('parametersAdjusted', { count: adjusted })}</span
          >`
    }`;
  }

  #renderDetails(): TemplateResult {
    const { model, metrics } = this.message;
    return html`<h3>${this.#localize.term('replyDetails')}</h3>
      <dl>
        ${this.#renderRow(this.#localize.term('model'), model)}
        ${metrics === null ? nothing : this.#renderMetrics(metrics)}
      </dl>
      <h4>${this.#localize.term('parameters')}</h4>
      ${this.#renderParameters()}`;
  }

  #renderMetrics(metrics: ReplyMetrics): TemplateResult {
    const { first_token_time, tokens_per_second, token_count_source } = metrics;
    const source = token_count_source === 'provider' ? 'countedByProvider' : 'countedByServer';
    return html`${this.#renderRow(
      this.#localize.term('promptTokens'),
      this.#localize.term('tokens', { count: metrics.prompt_tokens }),
    )}
    ${this.#renderRow(
      this.#localize.term('completionTokens'),
      html`${this.#tokens(metrics)}<span class="outcome">${this.#localize.term(source)}</span>`,
    )}
    ${this.#renderRow(this.#localize.term('totalTime'), this.#seconds(metrics.response_time))}
    ${this.#renderRow(
      this.#localize.term('firstToken'),
      first_token_time === null ? null : this.#seconds(first_token_time),
    )}
    ${this.#renderRow(
      this.#localize.term('speed'),
      tokens_per_second === null ? null : this.#speed(tokens_per_second),
    )}
    ${this.#renderRow(this.#localize.term('finishReason'), this.#finishReason(metrics))}`;
  }

  #renderParameters(): TemplateResult {
    const outcomes = this.#outcomes();
    if (outcomes.length === 0) return html`<p>${this.#localize.term('noParameters')}</p>`;
    return html`<dl>
      ${outcomes.map(([name, outcome]) => {
        const label = this.#localize.term(PARAMETER_TERMS[name]);
        return html`<dt>${label}</dt>
          <dd class=${outcome.outcome}>
            <span class="value">${this.#value(outcome.value ?? outcome.requested)}</span>
            <span class="outcome">${this.#outcome(outcome)}</span>
          </dd>`;
      })}
    </dl>`;
  }

  #renderRow(
    label: string,
    value: string | TemplateResult | null,
  ): TemplateResult | typeof nothing {
    return value === null
      ? nothing
      : html`<dt>${label}</dt>
          <dd>${value}</dd>`;
  }

  #outcomes(): [ParameterName, Outcome][] {
    return Object.entries(this.message.parameters ?? {}) as [ParameterName, Outcome][];
  }

  #outcome({ outcome, requested, wire_name }: Outcome): string {
    switch (outcome) {
      case 'applied':
        return this.#localize.term('outcomeApplied');
      case 'renamed':
        return this.#localize.term('outcomeRenamed', { name: wire_name ?? '' });
      case 'clamped':
        return this.#localize.term('outcomeClamped', { requested: this.#value(requested) });
      case 'dropped':
        return this.#localize.term('outcomeDropped');
    }
  }

  #value(value: Outcome['requested']): string {
    if (typeof value === 'number') return this.#localize.number(value, { useGrouping: false });
    return typeof value === 'string' ? value : value.map((text) => JSON.stringify(text)).join(', ');
  }

  #tokens(metrics: ReplyMetrics): string {
    return this.#localize.term('tokens', { count: metrics.completion_tokens });
  }

  #seconds(seconds: number): string {
    const digits = seconds < 10 ? 1 : 0;
    const text = this.#localize.number(seconds, {
      maximumFractionDigits: seconds < 1 ? 2 : digits,
    });
    return this.#localize.term('secondsShort', { seconds: text });
  }

  #speed(tokensPerSecond: number): string {
    const digits = tokensPerSecond < 10 ? 1 : 0;
    const speed = this.#localize.number(tokensPerSecond, { maximumFractionDigits: digits });
    return this.#localize.term('tokensPerSecond', { speed });
  }

  #finishReason({ finish_reason }: ReplyMetrics): string | null {
    switch (finish_reason) {
      case 'stop':
        return this.#localize.term('finishStop');
      case 'length':
        return this.#localize.term('finishLength');
      case 'content_filter':
        return this.#localize.term('finishFilter');
      default:
        return finish_reason;
    }
  }
}

function isAdjustment(outcome: Outcome['outcome']): boolean {
  return outcome === 'clamped' || outcome === 'dropped';
}

/** The part of a model's id that tells it from others: what is before a slash is its maker. */
function shortModelName(model: string): string {
  return model.slice(model.lastIndexOf('/') + 1);
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-reply-details': CpReplyDetails;
  }
}
