import type { ParameterName } from '@chat-playground/sdk';
import { html, nothing, type TemplateResult } from 'lit';
import type { LocalizeController } from '../../controllers/localize-controller.js';
import { emitIntent } from '../../events/intents.js';
import { icon } from '../../icons/icons.js';
import { PARAMETER_TEXTS } from './parameter-texts.js';

interface ParameterHead {
  host: HTMLElement;
  localize: LocalizeController;
  name: Exclude<ParameterName, 'model'>;
  /** Whether it differs from the model's own default and so can be reset. */
  isSet: boolean;
  isHelpOpen: boolean;
  onToggleHelp: () => void;
  /** The control at the end of the line, if any. */
  control: TemplateResult | typeof nothing;
}

/** The line above a parameter's control, with its explanation below when that is open. */
export function renderParameterHead(head: ParameterHead): TemplateResult {
  const { host, localize, name } = head;
  const texts = PARAMETER_TEXTS[name];
  const label = localize.term(texts.label);
  return html`<div class="head">
      <label for="control">${label}</label>
      <button
        class="icon-button small"
        type="button"
        aria-label=${localize.term('parameterHelp', { name: label })}
        aria-expanded=${head.isHelpOpen}
        aria-controls="help"
        @click=${head.onToggleHelp}
      >
        ${icon('help')}
      </button>
      <span class="spring"></span>
      ${
        head.isSet
          ? html`<button
              class="icon-button small"
              type="button"
              aria-label=${localize.term('resetParameter', { name: label })}
              title=${localize.term('resetParameter', { name: label })}
              @click=${() => emitIntent(host, 'cp-parameter-reset', { name })}
            >
              ${icon('reset')}
            </button>`
          : nothing
      }
      ${head.control}
    </div>
    <p id="help" class="help" ?hidden=${!head.isHelpOpen}>${localize.term(texts.help)}</p>`;
}
