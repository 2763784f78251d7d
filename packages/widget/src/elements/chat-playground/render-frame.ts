import type { User } from '@chat-playground/sdk';
import { html, type TemplateResult } from 'lit';
import type { Theme } from '../../themes/theme.js';
import { currentModel } from '../cp-model-picker/group-models.js';
import type { PanelsController } from './panels-controller.js';
import type { ServerController } from './server-controller.js';

interface FrameView {
  user: User;
  server: ServerController;
  panels: PanelsController;
  theme: Theme;
  isWholePage: boolean;
  isClosable: boolean;
}

/** What someone who is signed in sees. */
export function renderFrame(view: FrameView): TemplateResult {
  const { user, server, panels } = view;
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
        .currentChatId=${conversation?.chat?.chat_id ?? null}
      ></cp-history>
      <cp-account-menu .user=${user} theme=${view.theme}></cp-account-menu>
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
    ></cp-chat-view>
    <cp-parameters
      slot="parameters"
      .model=${currentModel(models?.models ?? [], parameters.model)}
      .values=${parameters}
    ></cp-parameters>
  </cp-frame>`;
}
