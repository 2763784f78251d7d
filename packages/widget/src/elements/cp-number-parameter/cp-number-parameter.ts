import type { NumericParameterName, ParameterSpec } from '@chat-playground/sdk';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { emitIntent } from '../../events/intents.js';
import { base, buttons, fields } from '../../themes/controls.js';
import { renderParameterHead } from '../cp-parameters/parameter-head.js';
import { PARAMETER_TEXTS } from '../cp-parameters/parameter-texts.js';
import { parameterStyles } from '../cp-parameters/parameter.styles.js';
import { styles } from './cp-number-parameter.styles.js';

const UNSUPPORTED: ParameterSpec = { supported: false };

/**
 * A parameter that is a number: a slider with a number field, or the field alone where the model
 * names no range (a seed).
 *
 * @fires cp-parameters-change
 * @fires cp-parameter-reset
 */
export class CpNumberParameter extends LitElement {
  static override styles = [base, buttons, fields, parameterStyles, styles];

  @property() name: NumericParameterName = 'temperature';
  /** What the model makes of it. */
  @property({ attribute: false }) spec: ParameterSpec = UNSUPPORTED;
  /** The value asked for; undefined leaves the model's default. */
  @property({ attribute: false }) value: number | undefined = undefined;

  @state() private isHelpOpen = false;
  @query('.range') private readonly range?: HTMLElement | null;

  readonly #localize = new LocalizeController(this);

  override render(): TemplateResult {
    const isSlider = this.name !== 'seed' && (this.#range !== null || !this.spec.supported);
    return html`
      ${renderParameterHead({
        host: this,
        localize: this.#localize,
        name: this.name,
        isSet: this.value !== undefined && this.spec.supported,
        isHelpOpen: this.isHelpOpen,
        onToggleHelp: () => (this.isHelpOpen = !this.isHelpOpen),
        control: isSlider && this.spec.supported ? this.#renderNumber(false) : nothing,
      })}
      ${isSlider ? this.#renderRange() : this.#renderNumber(true)}
      ${
        this.spec.supported
          ? nothing
          : html`<p id="why" class="why">${this.#localize.term('parameterUnsupported')}</p>`
      }
    `;
  }

  protected override updated(): void {
    // Not by a style attribute: a strict content security policy forbids those.
    this.range?.style.setProperty('--_fill', `${this.#share * 100}%`);
  }

  /** How far along its range the value is, from 0 to 1. */
  get #share(): number {
    const range = this.#range;
    const value = this.#shown;
    if (range === null || value === undefined) return 0;
    const share = (value - range.min) / (range.max - range.min || 1);
    return Math.min(Math.max(share, 0), 1);
  }

  get #range(): { min: number; max: number } | null {
    const { supported, min, max } = this.spec;
    return supported && min !== undefined && max !== undefined ? { min, max } : null;
  }

  get #shown(): number | undefined {
    const standard = this.spec.default;
    return this.value ?? (typeof standard === 'number' ? standard : undefined);
  }

  get #step(): number | 'any' {
    return this.spec.step ?? 'any';
  }

  #renderNumber(isWide: boolean): TemplateResult {
    return html`<input
      id="control"
      class="number ${isWide ? 'wide' : ''}"
      type="number"
      inputmode="decimal"
      min=${this.spec.min ?? nothing}
      max=${this.spec.max ?? nothing}
      step=${this.#step}
      placeholder=${isWide ? this.#localize.term('parameterAuto') : '–'}
      aria-describedby=${this.spec.supported ? 'help' : 'help why'}
      .value=${live(this.#shown === undefined ? '' : String(this.#shown))}
      ?disabled=${!this.spec.supported}
      @change=${this.#handleNumber}
    />`;
  }

  #renderRange(): TemplateResult {
    const { min, max } = this.#range ?? { min: 0, max: 1 };
    const value = this.#shown;
    // Without a default the thumb rests in the middle, grey: it points at nothing.
    const position = value ?? (min + max) / 2;
    return html`<input
      class="range"
      type="range"
      min=${min}
      max=${max}
      step=${this.#step}
      aria-label=${this.#localize.term(PARAMETER_TEXTS[this.name].label)}
      aria-valuetext=${
        value === undefined
          ? this.#localize.term('parameterAuto')
          : this.#localize.number(value, { maximumFractionDigits: 4 })
      }
      .value=${live(String(position))}
      ?data-auto=${value === undefined}
      ?disabled=${!this.spec.supported}
      aria-describedby=${this.spec.supported ? 'help' : 'help why'}
      @input=${this.#handleRange}
    />`;
  }

  readonly #handleRange = (event: Event): void => {
    this.#change((event.target as HTMLInputElement).valueAsNumber);
  };

  readonly #handleNumber = (event: Event): void => {
    const value = (event.target as HTMLInputElement).valueAsNumber;
    if (Number.isNaN(value)) {
      emitIntent(this, 'cp-parameter-reset', { name: this.name });
      // An unreadable text must not stay in the field as if it counted.
      this.requestUpdate();
      return;
    }
    const { min = -Infinity, max = Infinity } = this.spec;
    this.#change(Math.min(Math.max(value, min), max));
  };

  #change(value: number): void {
    const isWhole = this.name === 'output_length' || this.name === 'seed';
    const patch = { [this.name]: isWhole ? Math.round(value) : value };
    emitIntent(this, 'cp-parameters-change', { patch });
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-number-parameter': CpNumberParameter;
  }
}
