import type { ParametersState, Preset } from '@chat-playground/sdk';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { ListFocus } from '../../controllers/list-focus.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { emitIntent } from '../../events/intents.js';
import { icon } from '../../icons/icons.js';
import { base, buttons, skeletons } from '../../themes/controls.js';
import type { MenuGroup } from '../cp-menu/cp-menu.js';
import type { CpPresetName } from '../cp-preset-name/cp-preset-name.js';
import { styles } from './cp-presets.styles.js';
import { isInEffect, isSameName, type PresetsView } from './preset-state.js';

/** What the name that is being typed is for: a new preset, or the one of that id. */
type Naming = { presetId: string | null } | null;

/**
 * Choices of parameters kept under a name: which one is in effect and whether it was changed since,
 * and what can be done with each.
 *
 * @prop view
 * @prop values the parameters now
 * @fires cp-preset-apply
 * @fires cp-preset-save
 * @fires cp-preset-rename
 * @fires cp-preset-overwrite
 * @fires cp-preset-delete
 * @fires cp-presets-load when they are not known yet
 * @fires cp-retry with `presets`
 */
export class CpPresets extends LitElement {
  static override styles = [base, buttons, skeletons, styles];

  @property({ attribute: false }) view?: PresetsView;
  @property({ attribute: false }) values: ParametersState = {};

  @state() private naming: Naming = null;
  @query('cp-preset-name') private readonly nameForm?: CpPresetName | null;
  @query('.save') private readonly saveButton?: HTMLElement | null;

  readonly #localize = new LocalizeController(this);
  readonly #focus = new ListFocus(
    () => this.shadowRoot,
    () => [...this.renderRoot.querySelectorAll<HTMLElement>('cp-menu')],
  );

  override render(): TemplateResult {
    const term = this.#localize.term.bind(this.#localize);
    return html`<div class="head">
        <h3 id="heading">${term('presets')}</h3>
        <button
          class="button small save"
          type="button"
          aria-label=${term('presetSaveLabel')}
          title=${term('presetSaveLabel')}
          aria-expanded=${this.naming?.presetId === null}
          @click=${() => void this.#startNaming(null)}
        >
          ${icon('plus')} ${term('presetSave')}
        </button>
      </div>
      ${this.naming?.presetId === null ? this.#renderName('') : nothing} ${this.#renderList()}
      ${this.#renderChanges()}`;
  }

  protected override willUpdate(): void {
    this.#focus.remember();
  }

  protected override updated(_changed: PropertyValues): void {
    this.#focus.restore(this.saveButton ?? null);
    // Not loaded yet, or forgotten because someone else signed in.
    if (this.view?.status === 'idle') emitIntent(this, 'cp-presets-load', {});
  }

  get #chosen(): Preset | undefined {
    return this.view?.presets.find(({ preset_id }) => preset_id === this.view?.chosenId);
  }

  get #isChanged(): boolean {
    return this.#chosen !== undefined && !isInEffect(this.#chosen.parameters, this.values);
  }

  #renderList(): TemplateResult {
    const { view } = this;
    const term = this.#localize.term.bind(this.#localize);
    if (view?.status === 'error' && view.presets.length === 0) {
      return html`<div class="hint" role="alert">
        ${term('presetsFailed')}
        <div>
          <button
            class="button small"
            type="button"
            @click=${() => emitIntent(this, 'cp-retry', { what: 'presets' })}
          >
            ${term('retry')}
          </button>
        </div>
      </div>`;
    }
    if (view === undefined || view.presets.length === 0) {
      return view?.status === 'ready'
        ? html`<p class="hint">${term('presetsHint')}</p>`
        : html`<div class="skeleton"></div>`;
    }
    return html`<ul aria-labelledby="heading">
      ${repeat(
        view.presets,
        (preset) => preset.preset_id,
        (preset) => html`<li>${this.#renderPreset(preset)}</li>`,
      )}
    </ul>`;
  }

  #renderPreset(preset: Preset): TemplateResult {
    const { preset_id: presetId, name } = preset;
    if (this.naming?.presetId === presetId) return this.#renderName(name);
    const isChosen = this.#chosen === preset;
    return html`<div class="row">
      <button
        class="choose"
        type="button"
        aria-current=${isChosen ? 'true' : nothing}
        title=${name}
        @click=${() => emitIntent(this, 'cp-preset-apply', { presetId })}
      >
        <span class="mark">${icon(isChosen ? 'check' : 'bookmark')}</span>
        <span class="name" dir="auto">${name}</span>
        ${this.#renderAside(preset, isChosen)}
      </button>
      <cp-menu
        side="end"
        label=${this.#localize.term('presetActions', { name })}
        .groups=${this.#actions()}
        @cp-menu-select=${(event: CustomEvent<{ id: string }>) =>
          this.#act(event.detail.id, presetId)}
      >
        <span class="dots">${icon('dots')}</span>
      </cp-menu>
    </div>`;
  }

  /** Of the chosen one whether it is as it was; of the others when they were saved. */
  #renderAside(preset: Preset, isChosen: boolean): TemplateResult {
    const term = this.#localize.term.bind(this.#localize);
    const when = this.#localize.relativeTime(preset.updated_at);
    if (!isChosen) {
      return html`<time
        class="aside"
        datetime=${preset.updated_at}
        title=${term('presetUpdated', { when })}
        >${when}</time
      >`;
    }
    return this.#isChanged
      ? html`<span class="aside changed">${term('presetChanged')}</span>`
      : html`<span class="aside">${term('presetInEffect')}</span>`;
  }

  #renderChanges(): TemplateResult | typeof nothing {
    const chosen = this.#chosen;
    if (chosen === undefined || !this.#isChanged) return nothing;
    const { preset_id: presetId, name } = chosen;
    const term = this.#localize.term.bind(this.#localize);
    return html`<div class="changes">
      <p>${term('presetChangedText', { name })}</p>
      <div class="buttons">
        <button
          class="button small"
          type="button"
          @click=${() => this.#leaveChanges('cp-preset-overwrite', presetId)}
        >
          ${term('presetSaveChanges')}
        </button>
        <button
          class="button small"
          type="button"
          @click=${() => this.#leaveChanges('cp-preset-apply', presetId)}
        >
          ${term('presetRevert')}
        </button>
      </div>
    </div>`;
  }

  #renderName(name: string): TemplateResult {
    const presetId = this.naming?.presetId ?? null;
    const others = (this.view?.presets ?? []).filter((preset) => preset.preset_id !== presetId);
    return html`<cp-preset-name
      name=${name}
      .taken=${presetId === null ? others.map((preset) => preset.name) : []}
      @save=${({ detail }: CustomEvent<string>) => this.#save(detail, presetId)}
      @cancel=${() => void this.#stopNaming(presetId)}
    ></cp-preset-name>`;
  }

  #actions(): MenuGroup[] {
    const term = this.#localize.term.bind(this.#localize);
    return [
      {
        items: [
          { id: 'rename', label: term('rename'), icon: 'edit' },
          { id: 'overwrite', label: term('presetOverwrite'), icon: 'bookmark' },
        ],
      },
      { items: [{ id: 'delete', label: term('delete'), icon: 'trash', danger: true }] },
    ];
  }

  #act(id: string, presetId: string): void {
    if (id === 'rename') void this.#startNaming(presetId);
    if (id === 'overwrite') emitIntent(this, 'cp-preset-overwrite', { presetId });
    if (id === 'delete') emitIntent(this, 'cp-preset-delete', { presetId });
  }

  /** A name that is taken already means that preset. */
  #save(name: string, presetId: string | null): void {
    const same = this.view?.presets.find((preset) => isSameName(preset.name, name));
    if (presetId !== null) emitIntent(this, 'cp-preset-rename', { presetId, name });
    else if (same === undefined) emitIntent(this, 'cp-preset-save', { name });
    else emitIntent(this, 'cp-preset-overwrite', { presetId: same.preset_id });
    void this.#stopNaming(presetId);
  }

  async #startNaming(presetId: string | null): Promise<void> {
    this.naming = { presetId };
    await this.updateComplete;
    this.nameForm?.focus();
  }

  async #stopNaming(presetId: string | null): Promise<void> {
    this.naming = null;
    await this.updateComplete;
    if (presetId === null) this.saveButton?.focus();
    else this.#focusPreset(presetId);
  }

  /** The buttons that were pressed are gone once there are no changes any more. */
  #leaveChanges(intent: 'cp-preset-overwrite' | 'cp-preset-apply', presetId: string): void {
    emitIntent(this, intent, { presetId });
    this.#focusPreset(presetId);
  }

  #focusPreset(presetId: string): void {
    const index = this.view?.presets.findIndex(({ preset_id }) => preset_id === presetId) ?? -1;
    this.renderRoot.querySelectorAll<HTMLElement>('.choose')[index]?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-presets': CpPresets;
  }
}
