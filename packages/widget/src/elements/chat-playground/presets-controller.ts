import {
  PARAMETER_NAMES,
  createPresetsStore,
  type ChatClient,
  type Parameters,
  type Preset,
  type PresetsState,
  type PresetsStore,
} from '@chat-playground/sdk';
import type { ReactiveControllerHost } from 'lit';
import { StoreController } from '../../controllers/store-controller.js';
import type { PlainTerm } from '../../i18n/dictionary.js';
import type { PresetsView } from '../cp-presets/preset-state.js';
import { attempt, type AnswerContext, type Answers } from './answer-intents.js';
import { keepPreferences, readPreferences } from './preferences.js';

/** The reader's presets, which of them was chosen last, and what can be done with them. */
export class PresetsController {
  readonly #state: StoreController<PresetsState>;
  #store: PresetsStore | null = null;
  #chosenId: string | null = readPreferences().preset ?? null;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly context: AnswerContext,
  ) {
    this.#state = new StoreController(host);
  }

  /** Keeps presets at this client's server from now on; without one there are none. */
  use(client: ChatClient | undefined): void {
    this.#store = client === undefined ? null : createPresetsStore(client);
    this.#state.attach(this.#store?.$presets ?? null);
  }

  get view(): PresetsView | undefined {
    const state = this.#state.value;
    return state === undefined ? undefined : { ...state, chosenId: this.#chosenId };
  }

  async load(): Promise<void> {
    await this.#store?.load();
  }

  readonly answers: Answers = {
    'cp-presets-load': () => this.load(),
    'cp-preset-apply': ({ presetId }) => this.#apply(this.#find(presetId)),
    'cp-preset-save': ({ name }) => this.#create(name, this.#parameters),
    'cp-preset-rename': ({ presetId, name }) => this.#store?.update(presetId, { name }),
    'cp-preset-overwrite': ({ presetId }) => this.#overwrite(this.#find(presetId)),
    'cp-preset-delete': ({ presetId }) => this.#delete(this.#find(presetId)),
  };

  #find(presetId: string): Preset | undefined {
    return this.#state.value?.presets.find(({ preset_id }) => preset_id === presetId);
  }

  get #parameters(): Parameters {
    return { ...this.context.stores()?.$parameters.get() };
  }

  #choose(presetId: string | null): void {
    this.#chosenId = presetId;
    keepPreferences({ preset: presetId ?? undefined });
    this.host.requestUpdate();
  }

  /** What it does not name goes back to the model's default, except the model itself. */
  #apply(preset: Preset | undefined): void {
    const stores = this.context.stores();
    if (preset === undefined || stores === null) return;
    const { model, ...others } = preset.parameters;
    const isGone = !stores.$models.get().models.some(({ id }) => id === model);
    for (const name of PARAMETER_NAMES) {
      if (others[name] === undefined) stores.resetParameter(name);
    }
    stores.setParameters(isGone ? others : preset.parameters);
    this.#choose(preset.preset_id);
    if (model !== undefined && isGone) this.#tell('presetModelGone');
  }

  async #create(name: string, parameters: Parameters): Promise<void> {
    const preset = await this.#store?.create({ name, parameters });
    if (preset === undefined) return;
    this.#choose(preset.preset_id);
    const text = this.context.localization().term('presetSaved', { name });
    this.context.toast({ text, kind: 'success' });
  }

  async #overwrite(preset: Preset | undefined): Promise<void> {
    if (preset === undefined) return;
    const { preset_id: presetId, name, parameters } = preset;
    await this.#store?.update(presetId, { parameters: this.#parameters });
    this.#choose(presetId);
    this.#tellUndoable(this.context.localization().term('presetSaved', { name }), () =>
      this.#store?.update(presetId, { parameters }),
    );
  }

  async #delete(preset: Preset | undefined): Promise<void> {
    if (preset === undefined) return;
    const { preset_id: presetId, name, parameters } = preset;
    const wasChosen = this.#chosenId === presetId;
    await this.#store?.delete(presetId);
    this.#tellUndoable(this.context.localization().term('presetDeleted', { name }), async () => {
      const again = await this.#store?.create({ name, parameters });
      if (again !== undefined && wasChosen) this.#choose(again.preset_id);
    });
  }

  #tell(term: PlainTerm): void {
    this.context.toast({ text: this.context.localization().term(term) });
  }

  #tellUndoable(text: string, undo: () => Promise<void> | undefined): void {
    const label = this.context.localization().term('undo');
    this.context.toast({
      text,
      kind: 'success',
      action: { label: () => label, run: () => void attempt(this.context, undo) },
    });
  }
}
