import {
  PARAMETER_NAMES,
  type Model,
  type NumericParameterName,
  type ParametersState,
} from '@chat-playground/sdk';
import { LitElement, html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { emitIntent } from '../../events/intents.js';
import { icon } from '../../icons/icons.js';
import { base, buttons } from '../../themes/controls.js';
import { styles } from './cp-parameters.styles.js';
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

  readonly #localize = new LocalizeController(this);

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
