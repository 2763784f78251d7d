import { ChatPlayground } from './elements/chat-playground/chat-playground.js';
import { CpAccountMenu } from './elements/cp-account-menu/cp-account-menu.js';
import { CpChatItem } from './elements/cp-chat-item/cp-chat-item.js';
import { CpChatView } from './elements/cp-chat-view/cp-chat-view.js';
import { CpComposer } from './elements/cp-composer/cp-composer.js';
import { CpFrame } from './elements/cp-frame/cp-frame.js';
import { CpHistory } from './elements/cp-history/cp-history.js';
import { CpMenu } from './elements/cp-menu/cp-menu.js';
import { CpModelPicker } from './elements/cp-model-picker/cp-model-picker.js';
import { CpSearchBox } from './elements/cp-search-box/cp-search-box.js';
import { CpSessionEnded } from './elements/cp-session-ended/cp-session-ended.js';
import { CpSignIn } from './elements/cp-sign-in/cp-sign-in.js';
import { CpStarters } from './elements/cp-starters/cp-starters.js';
import { CpToasts } from './elements/cp-toasts/cp-toasts.js';
import { CpWelcome } from './elements/cp-welcome/cp-welcome.js';
import { register } from './register.js';

/*
 * Registers the widget: importing this is all a page needs to do. What is not part of the first
 * screen is registered by the other `define-….ts`, which are fetched when they are needed.
 */
register({
  'cp-account-menu': CpAccountMenu,
  'cp-chat-item': CpChatItem,
  'cp-chat-view': CpChatView,
  'cp-composer': CpComposer,
  'cp-frame': CpFrame,
  'cp-history': CpHistory,
  'cp-menu': CpMenu,
  'cp-model-picker': CpModelPicker,
  'cp-search-box': CpSearchBox,
  'cp-session-ended': CpSessionEnded,
  'cp-sign-in': CpSignIn,
  'cp-starters': CpStarters,
  'cp-toasts': CpToasts,
  'cp-welcome': CpWelcome,
  // The root last: by then everything it draws is known, so that nothing is upgraded twice.
  'chat-playground': ChatPlayground,
});
