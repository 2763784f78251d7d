import '../src/define.js';
import { chatIdOf, pathOf } from './address.js';

const PAGE_TITLE = document.title;
const playground = document.querySelector('chat-playground');

if (playground !== null) {
  playground.chatId = chatIdOf(location.pathname);

  playground.addEventListener('chat-playground:chat-change', ({ detail: { chatId, title } }) => {
    document.title = title === null ? PAGE_TITLE : `${title} · ${PAGE_TITLE}`;
    const path = pathOf(chatId);
    if (path !== location.pathname) history.pushState(null, '', path);
  });

  addEventListener('popstate', () => {
    playground.chatId = chatIdOf(location.pathname);
  });
}
