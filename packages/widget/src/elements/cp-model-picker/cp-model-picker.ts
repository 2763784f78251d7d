import type { Model, ModelsState } from '@chat-playground/sdk';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { isOfInputMethod } from '../../controllers/input-method.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { PopoverController } from '../../controllers/popover-controller.js';
import { emitIntent } from '../../events/intents.js';
import { icon } from '../../icons/icons.js';
import { base, buttons, fields, surfaces } from '../../themes/controls.js';
import { styles } from './cp-model-picker.styles.js';
import { currentModel, groupModels, isDemoModel } from './group-models.js';

/**
 * Shows the model that answers, and opens a list to choose another: searchable, by provider, all
 * by keyboard.
 *
 * @fires cp-parameters-change with the chosen `model`
 * @fires cp-retry with `models`
 */
export class CpModelPicker extends LitElement {
  static override styles = [base, buttons, fields, surfaces, styles];

  @property({ attribute: false }) models?: ModelsState;
  /** Id of the chosen model; the server's default when undefined. */
  @property() selected?: string;

  @state() private query = '';
  @state() private activeIndex = 0;
  @query('.trigger') private readonly trigger?: HTMLElement | null;
  @query('.panel') private readonly panel?: HTMLElement | null;

  readonly #localize = new LocalizeController(this);
  readonly #popover = new PopoverController(this, {
    anchor: () => this.trigger ?? null,
    popover: () => this.panel ?? null,
    onOpen: () => this.#startSearch(),
  });

  override render(): TemplateResult {
    const term = this.#localize.term.bind(this.#localize);
    const current = currentModel(this.models?.models ?? [], this.selected);
    const name =
      current?.name ?? term(this.models?.status === 'loading' ? 'loading' : 'chooseModel');
    const hasOptions = this.#popover.isOpen && this.#visible.length > 0;
    return html`
      <button
        class="trigger"
        part="trigger"
        type="button"
        popovertarget="panel"
        aria-haspopup="listbox"
        aria-expanded=${this.#popover.isOpen}
        aria-label=${`${term('model')}: ${name}`}
        @click=${this.#popover.handleAnchorClick}
      >
        <span class="current">${name}</span>${icon('chevron-down')}
      </button>
      <div
        id="panel"
        class="panel surface"
        popover="auto"
        @toggle=${this.#popover.handleToggle}
        @keydown=${this.#handleKeydown}
      >
        <div class="search">
          ${icon('search')}
          <input
            type="text"
            role="combobox"
            aria-expanded=${hasOptions}
            aria-controls=${hasOptions ? 'options' : nothing}
            aria-autocomplete="list"
            aria-activedescendant=${hasOptions ? `option-${this.activeIndex}` : nothing}
            aria-label=${term('searchModels')}
            placeholder=${term('searchModels')}
            autocomplete="off"
            spellcheck="false"
            .value=${this.query}
            @input=${this.#handleInput}
          />
        </div>
        ${this.#popover.isOpen ? this.#renderOptions(current) : nothing}
      </div>
    `;
  }

  get #visible(): Model[] {
    return [...groupModels(this.models?.models ?? [], this.query).values()].flat();
  }

  #renderOptions(current: Model | undefined): TemplateResult {
    const groups = groupModels(this.models?.models ?? [], this.query);
    if (groups.size === 0) return this.#renderEmpty();
    let index = 0;
    return html`<div
      id="options"
      class="options"
      role="listbox"
      aria-label=${this.#localize.term('chooseModel')}
    >
      ${[...groups].map(
        ([provider, models]) =>
          html`<div role="group" aria-label=${provider}>
            <div class="provider" aria-hidden="true">${provider}</div>
            ${models.map((model) => this.#renderOption(model, index++, model === current))}
          </div>`,
      )}
    </div>`;
  }

  #renderOption(model: Model, index: number, isSelected: boolean): TemplateResult {
    return html`<div
      id="option-${index}"
      class="option"
      role="option"
      aria-selected=${isSelected}
      ?data-active=${index === this.activeIndex}
      @pointermove=${() => (this.activeIndex = index)}
      @click=${() => this.#choose(model)}
    >
      <div class="texts">
        <div class="name">${model.name}</div>
        ${
          model.description === undefined
            ? nothing
            : html`<div class="description">${model.description}</div>`
        }
      </div>
      ${
        isDemoModel(model)
          ? html`<span class="badge">${this.#localize.term('demoBadge')}</span>`
          : nothing
      }
      ${isSelected ? icon('check') : nothing}
    </div>`;
  }

  #renderEmpty(): TemplateResult {
    if (this.models?.status === 'error') {
      return html`<div class="empty" role="alert">
        ${this.#localize.term('modelsFailed')}
        <button
          class="link"
          type="button"
          @click=${() => emitIntent(this, 'cp-retry', { what: 'models' })}
        >
          ${this.#localize.term('retry')}
        </button>
      </div>`;
    }
    const isSearch = this.query.trim() !== '';
    return html`<div class="empty" role="status">
      ${
        isSearch
          ? this.#localize.term('noModelsFound', { query: this.query.trim() })
          : this.#localize.term('noModels')
      }
    </div>`;
  }

  #startSearch(): void {
    this.query = '';
    const current = currentModel(this.models?.models ?? [], this.selected);
    this.activeIndex = Math.max(
      0,
      this.#visible.findIndex((model) => model === current),
    );
    this.panel?.querySelector('input')?.focus();
    void this.#showActive();
  }

  #choose(model: Model): void {
    this.#popover.close();
    emitIntent(this, 'cp-parameters-change', { patch: { model: model.id } });
  }

  readonly #handleInput = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value;
    this.activeIndex = 0;
  };

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    this.#popover.handleEscape(event);
    if (isOfInputMethod(event)) return;
    const count = this.#visible.length;
    if (event.key === 'ArrowDown' && count > 0) this.#activate((this.activeIndex + 1) % count);
    else if (event.key === 'ArrowUp' && count > 0) {
      this.#activate((this.activeIndex - 1 + count) % count);
    } else if (event.key === 'Enter') {
      const model = this.#visible[this.activeIndex];
      if (model !== undefined) this.#choose(model);
    } else {
      if (event.key === 'Tab') this.#popover.close();
      return;
    }
    event.preventDefault();
  };

  #activate(index: number): void {
    this.activeIndex = index;
    void this.#showActive();
  }

  async #showActive(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-model-picker': CpModelPicker;
  }
}
