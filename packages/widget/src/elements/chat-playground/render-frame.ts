import type { SearchState, User } from '@chat-playground/sdk';
import { html, nothing, type TemplateResult } from 'lit';
import type { Theme } from '../../themes/theme.js';
import { currentModel } from '../cp-model-picker/group-models.js';
import type { PresetsView } from '../cp-presets/preset-state.js';
import type { HideableParts } from './hideable-parts.js';
import type { PanelsController } from './panels-controller.js';
import type { ServerController } from './server-controller.js';
import type { SlotName, SlotsController } from './slots-controller.js';

const SLOTS: readonly SlotName[] = ['header', 'empty', 'footer'];

export interface FrameView {
  user: User;
  server: ServerController;
  presets: PresetsView | undefined;
  found: SearchState | undefined;
  panels: PanelsController;
  theme: Theme;
  hidden: HideableParts;
  slots: SlotsController;
  isWholePage: boolean;
  isClosable: boolean;
}

/** What someone who is signed in sees. */
export function renderFrame(view: FrameView): TemplateResult {
  const { user, server, panels, hidden, slots } = view;
  const { chats, conversation, models, parameters, connection } = server;
  const historyMode = panels.mode('history');
  const parametersMode = panels.mode('parameters');
  return html`<cp-frame
    part="frame"
    history=${historyMode}
    parameters=${parametersMode}
    ?main=${view.isWholePage}
  >
    <div slot="history" class="history">
      <cp-history
        .chats=${chats}
        .found=${view.found}
        ?offline=${connection === 'offline'}
        .currentChatId=${conversation?.chat?.chat_id ?? null}
      ></cp-history>
      ${
        hidden.hideAccount
          ? nothing
          : html`<cp-account-menu .user=${user} theme=${view.theme}></cp-account-menu>`
      }
    </div>
    <cp-chat-view
      .conversation=${conversation}
      .models=${models}
      .parameters=${parameters}
      connection=${connection}
      user-name=${user.username}
      ?history-open=${historyMode === 'docked'}
      ?parameters-open=${parametersMode === 'docked'}
      ?closable=${view.isClosable}
      ?hide-history=${hidden.hideHistory}
      ?hide-parameters=${hidden.hideParameters}
      ?hide-header=${hidden.hideHeader}
      ?hide-model-picker=${hidden.hideModelPicker}
      ?hide-starters=${hidden.hideStarters}
      ?hide-votes=${hidden.hideVotes}
    >
      ${SLOTS.map((name) => (slots.has(name) ? html`<slot name=${name} slot=${name}></slot>` : nothing))}
    </cp-chat-view>
    <cp-parameters
      slot="parameters"
      .model=${currentModel(models?.models ?? [], parameters.model)}
      .values=${parameters}
      .presets=${view.presets}
    ></cp-parameters>
  </cp-frame>`;
}
