import { html, type TemplateResult } from 'lit';
import type { Localization } from '../../i18n/localization.js';
import { icon } from '../../icons/icons.js';
import { renderFrame, type FrameView } from './render-frame.js';
import type { SignInController } from './sign-in-controller.js';

interface StageView extends Omit<FrameView, 'user'> {
  words: Localization;
  signIn: SignInController;
  /** The page signs people in, and is asked to do so again. */
  isHeldByPage: boolean;
}

/** What is seen, by whether someone is signed in. */
export function renderStage(view: StageView): TemplateResult {
  const { server, signIn, words } = view;
  const { session } = server;
  if (view.isHeldByPage && (session.status === 'signed-out' || server.isRefused)) {
    return html`<cp-session-ended ?ended=${session.status === 'signed-in'}></cp-session-ended>`;
  }
  switch (session.status) {
    case 'restoring':
      return html`<div class="restoring" role="status">
        ${icon('sparkle')}
        <span class="visually-hidden">${words.term('sessionRestoring')}</span>
      </div>`;
    case 'signed-out':
      return html`<cp-sign-in ?busy=${signIn.isBusy} .error=${signIn.error}></cp-sign-in>`;
    case 'signed-in':
      return renderFrame({ ...view, user: session.user });
  }
}

/** The button at the corner of the window, of the floating layout. */
export function renderLauncher(
  words: Localization,
  isOpen: boolean,
  toggle: () => void,
): TemplateResult {
  return html`<button
    class="launcher"
    part="launcher"
    type="button"
    aria-label=${words.term(isOpen ? 'closeChatWindow' : 'openChatWindow')}
    aria-expanded=${isOpen}
    @click=${toggle}
  >
    ${icon(isOpen ? 'chevron-down' : 'chat')}
  </button>`;
}
