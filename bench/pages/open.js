/* global customElements, location, requestAnimationFrame, window */
import { createQuietChat } from './quiet-chat.js';

const CHAT_ID = '01940000-0000-7000-8000-000000000001';
const older = Number(new URLSearchParams(location.search).get('older') ?? 0);
const { chat, isReady } = createQuietChat();

window.prepareBench = async () => {
  await isReady;
  await customElements.whenDefined('cp-conversation');
};

/** Opens the chat and, if asked to, scrolls up through so many older pages. */
window.runBench = async () => {
  await chat.openChat(CHAT_ID);
  await until(() => shownMessages().length > 0);
  await painted();
  const firstScreenMs = performance.now() - lastAnswerAt();
  for (let page = 0; page < older; page += 1) {
    const before = shownMessages().length;
    scroller().scrollTop = 0;
    await until(() => shownMessages().length > before);
    await painted();
  }
  return { firstScreenMs, messages: shownMessages().length };
};

function conversation() {
  const frame = find(chat.shadowRoot, 'cp-conversation');
  return frame?.shadowRoot ?? null;
}
const shownMessages = () => conversation()?.querySelectorAll('.message') ?? [];
const scroller = () => conversation().querySelector('.scroller');

/** An element in the shadow trees below a root. */
function find(root, name) {
  for (const element of root.querySelectorAll('*')) {
    if (element.localName === name) return element;
    const found = element.shadowRoot ? find(element.shadowRoot, name) : null;
    if (found) return found;
  }
  return null;
}

/** When the last answer with messages had come. */
function lastAnswerAt() {
  const answers = performance
    .getEntriesByType('resource')
    .filter(({ name }) => name.includes('/api/chats/'));
  return Math.max(...answers.map(({ responseEnd }) => responseEnd));
}

async function until(isTrue) {
  while (!isTrue()) await new Promise((resolve) => requestAnimationFrame(resolve));
}

async function painted() {
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
