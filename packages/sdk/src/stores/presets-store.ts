import { atom, type ReadableAtom, type WritableAtom } from 'nanostores';
import type { ChatClient } from '../chat-client.js';
import type { ChatError } from '../errors/chat-error.js';
import type { Preset, PresetBody, PresetPatch } from '../protocol/index.js';
import { asChatError } from './as-chat-error.js';
import { onUserChange } from './on-user-change.js';
import { createScope, type Scope } from './scope.js';
import type { LoadStatus } from './state.js';

export interface PresetsState {
  status: LoadStatus;
  /** Newest first. One that is being created is among them, with version 0, until it is kept. */
  presets: readonly Preset[];
  /** Why the last verb failed; cleared by the next. */
  error: ChatError | null;
}

/**
 * The user's presets, and the verbs that change them. Changes show at once; a verb rejects with a
 * ChatError after having put it into the store and taken back what it showed.
 */
export interface PresetsStore {
  readonly $presets: ReadableAtom<PresetsState>;
  /** Loads all of them; of two loads the later one counts. */
  load(): Promise<void>;
  create(body: PresetBody): Promise<Preset>;
  update(presetId: string, patch: PresetPatch): Promise<void>;
  delete(presetId: string): Promise<void>;
}

type Presets = readonly Preset[];

/** What a verb shows before the server has answered, and how to take it back. */
interface Early {
  show: (presets: Presets) => Presets;
  takeBack: (presets: Presets, error: ChatError) => Presets;
}

/** What the verbs share. */
interface Shelf {
  readonly $presets: WritableAtom<PresetsState>;
  show(next: Partial<PresetsState>): void;
  /** Renewed when someone else signs in: what was begun for one user is not shown to the next. */
  readonly user: Scope;
}

const NO_PRESETS: PresetsState = { status: 'idle', presets: [], error: null };

/**
 * The presets as a store. Nothing is loaded before `load`, and nothing of one user stays for the
 * next.
 *
 * @param client is used, not owned: closing it stays with whoever made it
 */
export function createPresetsStore(client: ChatClient): PresetsStore {
  const $presets = atom(NO_PRESETS);
  const user = createScope();
  const loading = createScope();
  const show = (next: Partial<PresetsState>) => $presets.set({ ...$presets.get(), ...next });
  onUserChange(client, () => {
    user.renew();
    loading.renew();
    $presets.set(NO_PRESETS);
  });
  const shelf: Shelf = { $presets, show, user };
  let drafts = 0;
  return {
    $presets,
    load: () => loadAll(client, loading.renew(), show),
    create: (body) => createPreset(client, shelf, draftOf(body, `draft-${String((drafts += 1))}`)),
    update: (presetId, patch) => updatePreset(client, shelf, presetId, patch),
    delete: (presetId) => deletePreset(client, shelf, presetId),
  };
}

function createPreset(client: ChatClient, shelf: Shelf, draft: Preset): Promise<Preset> {
  const { preset_id: draftId, name, parameters } = draft;
  return change(
    shelf,
    {
      show: (presets) => put(presets, draft),
      takeBack: (presets) => without(presets, draftId),
    },
    () => client.presets.create({ name, parameters }),
    (presets, preset) => put(without(presets, draftId), preset),
  );
}

async function updatePreset(
  client: ChatClient,
  shelf: Shelf,
  presetId: string,
  patch: PresetPatch,
): Promise<void> {
  const before = shelf.$presets.get().presets.find(({ preset_id: id }) => id === presetId);
  await change(
    shelf,
    {
      show: (presets) => (before ? put(presets, { ...before, ...patch }) : presets),
      takeBack: (presets) => (before ? put(presets, before) : presets),
    },
    () => client.presets.update(presetId, patch),
    put,
  );
}

async function deletePreset(client: ChatClient, shelf: Shelf, presetId: string): Promise<void> {
  const { presets: before } = shelf.$presets.get();
  const at = before.findIndex(({ preset_id: id }) => id === presetId);
  const gone = before.slice(at, at + 1);
  await change(
    shelf,
    {
      show: (presets) => without(presets, presetId),
      takeBack: (presets, { code }) =>
        // Deleted elsewhere meanwhile: it is not there to be brought back.
        code === 'not_found' || at === -1 ? presets : presets.toSpliced(at, 0, ...gone),
    },
    () => client.presets.delete(presetId),
    (presets) => without(presets, presetId),
  );
}

/** @returns what the server answered, once `keep` has put it in the place of what was shown */
async function change<Answer>(
  { $presets, show, user }: Shelf,
  early: Early,
  ask: () => Promise<Answer>,
  keep: (presets: Presets, answer: Answer) => Presets,
): Promise<Answer> {
  const signal = user.signal();
  show({ error: null, presets: early.show($presets.get().presets) });
  try {
    const answer = await ask();
    if (!signal.aborted) show({ presets: keep($presets.get().presets, answer) });
    return answer;
  } catch (cause) {
    const error = asChatError(cause);
    const takenBack = early.takeBack($presets.get().presets, error);
    if (!signal.aborted) show({ presets: takenBack, error });
    throw error;
  }
}

async function loadAll(
  client: ChatClient,
  signal: AbortSignal,
  show: (next: Partial<PresetsState>) => void,
): Promise<void> {
  show({ status: 'loading', error: null });
  try {
    const presets: Preset[] = [];
    for await (const preset of client.presets.all({ signal })) presets.push(preset);
    if (!signal.aborted) show({ status: 'ready', presets });
  } catch (cause) {
    if (signal.aborted) return;
    const error = asChatError(cause);
    show({ status: 'error', error });
    throw error;
  }
}

/** As it will look once it is kept, under an id of this side's own. */
function draftOf({ name, parameters = {} }: PresetBody, preset_id: string): Preset {
  const now = new Date().toISOString();
  return { preset_id, name, parameters, created_at: now, updated_at: now, version: 0 };
}

/** In its place if it has one, else in front, where the newest is. */
function put(presets: Presets, preset: Preset): Presets {
  const at = presets.findIndex(({ preset_id: id }) => id === preset.preset_id);
  return at === -1 ? [preset, ...presets] : presets.with(at, preset);
}

function without(presets: Presets, presetId: string): Presets {
  return presets.filter(({ preset_id: id }) => id !== presetId);
}
