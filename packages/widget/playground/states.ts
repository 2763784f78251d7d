/// <reference types="vite/client" />
import '../src/define.js';
import type { Layout, Theme } from '../src/index.js';
import { createReplayedServer } from './replayed-server.js';
import { STATES_OF_THE_WIDGET, type State } from './states-list.js';
import { STATES_OF_MESSAGES } from './states-of-messages.js';
import { STATES_OF_PANELS } from './states-of-panels.js';

/*
 * Every state of the widget without a server: choose one above it, or in the address, as in
 * `?state=offline&theme=dark&width=390&bare=1` (`bare` leaves the controls out). Once a state is
 * reached, `#stage` carries its name as `data-shown`.
 */

const STATES: readonly State[] = [
  ...STATES_OF_THE_WIDGET,
  ...STATES_OF_MESSAGES,
  ...STATES_OF_PANELS,
];

const THEMES = import.meta.glob<string>('../themes/*.css', { query: '?url', import: 'default' });

const controls = document.querySelector<HTMLFormElement>('#controls');
const stage = document.querySelector<HTMLElement>('#stage');
const asked = new URLSearchParams(location.search);

async function show(state: State, choices: URLSearchParams): Promise<void> {
  const server = createReplayedServer({
    ...state,
    isSignedIn: state.isSignedOut !== true,
    connection: state.connection ?? 'online',
  });
  for (const message of state.chats ?? []) await server.addChat(message);
  localStorage.removeItem('cp:preferences');
  const element = document.createElement('chat-playground');
  element.theme = (choices.get('theme') ?? 'light') as Theme;
  element.layout = (choices.get('layout') ?? 'panel') as Layout;
  element.locale = choices.get('locale') ?? 'en';
  element.open = true;
  element.connect = server.connect;
  element.chatId = state.chatId ?? null;
  if (state.getToken !== undefined) element.getToken = state.getToken;
  const tell = (): void => {
    if (stage !== null) stage.dataset.shown = state.name;
  };
  element.addEventListener('chat-playground:ready', () => {
    void element.updateComplete.then(() => state.then?.(element)).then(tell);
  });
  const width = choices.get('width') ?? '';
  if (stage !== null) stage.style.maxInlineSize = width === '' ? '' : `${width}px`;
  if (stage !== null) delete stage.dataset.shown;
  stage?.replaceChildren(element);
  if (state.isNeverReady === true) tell();
}

async function useColours(name: string): Promise<void> {
  document.querySelector('#colours')?.remove();
  const href = await THEMES[`../themes/${name}.css`]?.();
  if (href === undefined) return;
  const link = Object.assign(document.createElement('link'), {
    id: 'colours',
    rel: 'stylesheet',
    href,
  });
  document.head.append(link);
}

function choose(): void {
  if (controls === null) return;
  const choices = new URLSearchParams(
    [...new FormData(controls)].map(([name, value]) => [name, String(value)]),
  );
  history.replaceState(null, '', `?${choices.toString()}`);
  const state = STATES.find(({ name }) => name === choices.get('state')) ?? STATES[0];
  void useColours(choices.get('colours') ?? '');
  if (state !== undefined) void show(state, choices);
}

function fillControls(form: HTMLFormElement): void {
  const select = form.elements.namedItem('state') as HTMLSelectElement;
  select.append(...STATES.map(({ name }) => new Option(name)));
  for (const [name, value] of asked) {
    const control = form.elements.namedItem(name);
    if (control instanceof HTMLSelectElement) control.value = value;
  }
  form.hidden = asked.has('bare');
  form.style.display = form.hidden ? 'none' : '';
  form.addEventListener('change', choose);
}

if (controls !== null) fillControls(controls);
choose();
