import {
  PARAMETER_NAMES,
  type Model,
  type NumericParameterName,
  type ParametersState,
} from '@chat-playground/sdk';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { emitIntent } from '../../events/intents.js';
import { icon } from '../../icons/icons.js';
import { base, buttons } from '../../themes/controls.js';
import type { PresetsView } from '../cp-presets/preset-state.js';
import { styles } from './cp-parameters.styles.js';
import { loadPresetElements } from './load-preset-elements.js';
import { ADVANCED_PARAMETERS, MAIN_PARAMETERS } from './parameter-texts.js';

/**
 * The parameters of the next replies, drawn from what the chosen model supports: the four main
 * ones and the system prompt in sight, the rest behind a disclosure.
 *
 * @fires cp-parameters-change
 * @fires cp-parameter-reset
 */
export class CpParameters extends LitElement {
  static override styles = [base, buttons, styles];

  /** The model replies will be asked of; undefined while none is known. */
  @property({ attribute: false }) model?: Model;
  /** What is asked for beyond the model's defaults. */
  @property({ attribute: false }) values: ParametersState = {};
  /** The reader's presets; undefined where there can be none. */
  @property({ attribute: false }) presets?: PresetsView;

  /** Whether it has been in sight: before, nobody can want presets. */
  @state() private isSeen = false;

  readonly #localize = new LocalizeController(this);
  #sight: IntersectionObserver | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sight ??= new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting === true) this.#handleSeen();
    });
    this.#sight.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sight?.disconnect();
  }

  override render(): TemplateResult {
    const { model } = this;
    if (model === undefined) {
      return html`<p class="empty">${this.#localize.term('noModels')}</p>`;
    }
    const isAnySet = PARAMETER_NAMES.some((name) => this.values[name] !== undefined);
    return html`
      <div class="head">
        <p class="model" title=${model.name}>${model.name}</p>
        <button class="button small" type="button" ?hidden=${!isAnySet} @click=${this.#resetAll}>
          ${this.#localize.term('resetAll')}
        </button>
      </div>
      <div class="list">
        ${this.presets === undefined || !this.isSeen ? nothing : this.#renderPresets(this.presets)}
        ${MAIN_PARAMETERS.map((name) => this.#renderNumber(name, model))}
        ${this.#renderText('system_prompt', this.values.system_prompt ?? '', model)}
        <details>
          <summary>${this.#localize.term('advanced')} ${icon('chevron-down')}</summary>
          <div class="advanced">
            ${ADVANCED_PARAMETERS.map((name) => this.#renderNumber(name, model))}
            ${this.#renderText('stop', this.values.stop?.join('\n') ?? '', model)}
          </div>
        </details>
      </div>
    `;
  }

  #renderPresets(presets: PresetsView): TemplateResult {
    return html`<cp-presets .view=${presets} .values=${this.values}></cp-presets>`;
  }

  #renderNumber(name: NumericParameterName, model: Model): TemplateResult {
    return html`<cp-number-parameter
      name=${name}
      .spec=${model.parameters[name]}
      .value=${this.values[name]}
    ></cp-number-parameter>`;
  }

  #renderText(name: 'system_prompt' | 'stop', value: string, model: Model): TemplateResult {
    return html`<cp-text-parameter
      name=${name}
      ?supported=${model.parameters[name].supported}
      .value=${value}
    ></cp-text-parameter>`;
  }

  #handleSeen(): void {
    this.#sight?.disconnect();
    this.isSeen = true;
    // Without the file there are no presets, but everything else works.
    loadPresetElements().catch(() => undefined);
  }

  readonly #resetAll = (): void => {
    for (const name of PARAMETER_NAMES) {
      if (this.values[name] !== undefined) emitIntent(this, 'cp-parameter-reset', { name });
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-parameters': CpParameters;
  }
}
