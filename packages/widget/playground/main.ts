import '../src/define.js';
import { chatIdOf, pathOf } from './address.js';

// A name of its own, or the build would look for a file there.
const SCRIPT = import.meta.url;
// This script is in the folder `assets` of what the server serves, wherever a proxy shows that.
const { pathname: ROOT } = new URL('..', SCRIPT);
const PAGE_TITLE = document.title;
const playground = document.querySelector('chat-playground');

// Browsers look at it again whenever the address changes, and it is relative to the first one.
const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]');
if (icon !== null) icon.setAttribute('href', icon.href);

if (playground !== null) {
  if (ROOT !== '/') playground.baseUrl = ROOT;
  playground.chatId = chatIdOf(location.pathname, ROOT);

  playground.addEventListener('chat-playground:chat-change', ({ detail: { chatId, title } }) => {
    document.title = title === null ? PAGE_TITLE : `${title} · ${PAGE_TITLE}`;
    const path = pathOf(chatId, ROOT);
    if (path !== location.pathname) history.pushState(null, '', path);
  });

  addEventListener('popstate', () => {
    playground.chatId = chatIdOf(location.pathname, ROOT);
  });
}
