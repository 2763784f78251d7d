import { expect, oneEvent } from '@open-wc/testing';
import { chat } from '../../test-support/chats.js';
import { FakeServer, failure } from '../../test-support/fake-server.js';
import { fill, press } from '../../test-support/keys.js';
import { reply, userMessage } from '../../test-support/messages.js';
import { find, get, openPlayground } from '../../test-support/open-playground.js';
import { until } from '../../test-support/until.js';
import type { CpComposer } from '../cp-composer/cp-composer.js';

const UNKNOWN_ID = '01999999-0000-7000-8000-000000000000';

function textareaOf(composer: CpComposer): HTMLTextAreaElement {
  return get(composer, 'textarea') as HTMLTextAreaElement;
}

function send(composer: CpComposer, text: string): void {
  const textarea = textareaOf(composer);
  fill(textarea, text);
  press(textarea, 'Enter');
}

function serverWithChat(): { server: FakeServer; chatId: string } {
  const server = new FakeServer();
  const first = chat('Planets');
  const question = userMessage('How many?', { chat_id: first.chat_id });
  const answer = reply('There are **eight**.', {
    chat_id: first.chat_id,
    parent_id: question.message_id,
  });
  server.chats = [{ ...first, active_message_id: answer.message_id }];
  server.messages = [question, answer];
  return { server, chatId: first.chat_id };
}

describe('<chat-playground>', () => {
  it('is accessible signed out, in an empty chat and in a conversation', async () => {
    const signedOut = await openPlayground({ isSignedIn: false });
    await expect(signedOut.element).to.be.accessible();

    const empty = await openPlayground();
    await expect(empty.element).to.be.accessible();

    const { server, chatId } = serverWithChat();
    const { element } = await openPlayground({ server, chatId });
    await until(() => find(element, 'cp-message') !== null);
    await expect(element).to.be.accessible();
  });

  it('is accessible in the dark, where contrast differs', async () => {
    const { server, chatId } = serverWithChat();
    const { element } = await openPlayground({ server, chatId, theme: 'dark' });
    await until(() => find(element, 'cp-message') !== null);
    await expect(element).to.be.accessible();
  });

  it('signs in with the form and tells the page', async () => {
    const { element } = await openPlayground({ isSignedIn: false });
    const changed = oneEvent(element, 'chat-playground:session-change');
    const form = get(element, 'cp-sign-in');
    (get(form, '#email') as HTMLInputElement).value = 'ada@example.com';
    (get(form, '#password') as HTMLInputElement).value = 'correct horse';
    (get(form, 'form') as HTMLFormElement).requestSubmit();
    expect((await changed).detail.user?.username).to.equal('Ada Lovelace');
    await until(() => find(element, 'cp-composer')?.matches(':focus') === true);
  });

  it('says beside the form why signing in failed', async () => {
    const server = new FakeServer();
    server.answers.set('POST /login', () => failure(401, 'invalid_credentials'));
    const { element } = await openPlayground({ server, isSignedIn: false });
    const failed = oneEvent(element, 'chat-playground:error');
    const form = get(element, 'cp-sign-in');
    (get(form, '#email') as HTMLInputElement).value = 'ada@example.com';
    (get(form, '#password') as HTMLInputElement).value = 'wrong horse';
    (get(form, 'form') as HTMLFormElement).requestSubmit();
    await failed;
    await until(() => find(form, '.failure') !== null);
    expect(get(form, '.failure').textContent).to.contain('E-mail or password is wrong');
  });

  it('sends what is written, shows the reply as it comes and names the chat', async () => {
    const { element, server } = await openPlayground();
    const sent = oneEvent(element, 'chat-playground:message-sent');
    send(get(element, 'cp-composer'), 'Hello');
    expect((await sent).detail.message.content).to.equal('Hello');
    await until(() => Boolean(find(element, 'cp-conversation')?.partial));
    expect(element.chatId).to.equal(server.chats[0]?.chat_id);
    server.write('Good ');
    server.write('day');
    await until(() => get(element, 'cp-conversation').partial?.content === 'Good day');
    const ended = oneEvent(element, 'chat-playground:reply-end');
    server.end();
    expect((await ended).detail.message.content).to.equal('Good day');
  });

  it('puts a message that was not sent back into the box, and says why', async () => {
    const server = new FakeServer();
    server.answers.set('POST /chats', () => failure(503, 'shutting_down'));
    const { element } = await openPlayground({ server });
    send(get(element, 'cp-composer'), 'Hello');
    await until(() => find(element, '.failure') !== null);
    expect(get(element, '.failure').textContent).to.contain('restarting');
    expect(textareaOf(get(element, 'cp-composer')).value).to.equal('Hello');
  });

  it('counts down when there were too many requests, and cannot send meanwhile', async () => {
    const server = new FakeServer();
    server.answers.set('POST /chats', () => failure(429, 'rate_limited', { retryAfter: 40 }));
    const { element } = await openPlayground({ server });
    send(get(element, 'cp-composer'), 'Hello');
    await until(() => find(element, '.failure') !== null);
    expect(get(element, '.failure').textContent).to.match(/in (40|39) seconds/);
    expect(get(element, 'cp-composer').disabled).to.equal(true);
    await expect(element).to.be.accessible();
  });

  it('opens the chat that chat-id names, before and after it is there', async () => {
    const { server, chatId } = serverWithChat();
    const { element } = await openPlayground({ server, chatId });
    await until(() => find(element, 'cp-conversation')?.messages.length === 2);
    element.chatId = null;
    await until(() => find(element, 'cp-welcome') !== null);
    element.setAttribute('chat-id', chatId);
    await until(() => find(element, 'cp-conversation')?.messages.length === 2);
  });

  it('says that a chat does not exist and offers a new one', async () => {
    const { element } = await openPlayground({ chatId: UNKNOWN_ID });
    await until(() => find(element, '.problem') !== null);
    expect(element.chatId).to.equal(UNKNOWN_ID);
    await expect(element).to.be.accessible();
    get(get(element, 'cp-chat-view'), '.problem button').click();
    await until(() => find(element, 'cp-welcome') !== null);
    expect(element.chatId).to.equal(null);
  });

  it('offers to load a chat again that could not be loaded', async () => {
    const { server, chatId } = serverWithChat();
    server.answers.set('GET /chats/messages', () => failure(500, 'internal'));
    const { element } = await openPlayground({ server, chatId });
    await until(() => find(element, '.problem') !== null);
    server.answers.clear();
    get(get(element, 'cp-chat-view'), '.problem button').click();
    await until(() => find(element, 'cp-conversation')?.messages.length === 2);
  });

  it('says when the connection is lost, and when it is back', async () => {
    const server = new FakeServer();
    const { element, setConnection } = await openPlayground({ server });
    server.answers.set('GET /chats', () => {
      throw new TypeError('Failed to fetch');
    });
    setConnection('offline');
    await until(() => find(element, '.banner') !== null);
    await expect(element).to.be.accessible();
    setConnection('online');
    await until(() => find(element, '.banner') === null);
  });

  it('deletes a chat and brings it back', async () => {
    const { server, chatId } = serverWithChat();
    const { element } = await openPlayground({ server, chatId });
    await until(() => find(element, 'cp-chat-item') !== null);
    get(element, 'cp-chat-item').dispatchEvent(
      new CustomEvent('cp-delete-chat', { detail: { chatId }, bubbles: true, composed: true }),
    );
    await until(() => find(element, '.toast .action') !== null);
    expect(get(element, '.toast .action').textContent?.trim()).to.match(/^Undo \((30|29) s\)$/);
    expect(find(element, 'cp-chat-item')).to.equal(null);
    get(element, '.toast .action').click();
    await until(() => find(element, 'cp-chat-item') !== null);
  });

  it('asks the chosen model with the chosen parameters', async () => {
    const { element, server } = await openPlayground();
    element.setParameters({ model: 'other/model-1b', temperature: 0.2 });
    send(get(element, 'cp-composer'), 'Hello');
    await until(() => server.sent.length === 1);
    expect(server.sent[0]).to.deep.equal({ model: 'other/model-1b', temperature: 0.2 });
  });

  it('changes its language at once, and keeps theme and language for the next visit', async () => {
    const { element } = await openPlayground();
    const choose = (name: string, detail: unknown) =>
      element.dispatchEvent(new CustomEvent(name, { detail }));
    choose('cp-locale', { locale: 'th' });
    choose('cp-theme', { theme: 'dark' });
    await until(() => find(element, 'h1')?.textContent?.includes('สวัสดี') === true);
    expect(element.getAttribute('theme')).to.equal('dark');
    expect(JSON.parse(localStorage.getItem('cp:preferences') ?? '')).to.deep.equal({
      theme: 'dark',
      locale: 'th',
    });
  });

  it('forgets drafts and the address on signing out', async () => {
    const { server, chatId } = serverWithChat();
    const { element } = await openPlayground({ server, chatId });
    sessionStorage.setItem('cp:draft:new', 'secret');
    await element.signOut();
    await until(() => find(element, 'cp-sign-in') !== null);
    expect(sessionStorage.getItem('cp:draft:new')).to.equal(null);
    expect(element.chatId).to.equal(null);
  });

  it('has shortcuts for the message box, a new chat, help and stopping', async () => {
    const { server, chatId } = serverWithChat();
    const { element } = await openPlayground({ server, chatId });
    await until(() => find(element, 'cp-conversation')?.messages.length === 2);
    const view = get(element, 'cp-chat-view');
    press(view, '/');
    expect(get(element, 'cp-composer').matches(':focus')).to.equal(true);
    press(view, '?');
    const sheet = element.shadowRoot?.querySelector(
      '#shortcuts',
    ) as HTMLElementTagNameMap['cp-dialog'];
    await until(() => sheet.isOpen);
    await expect(element).to.be.accessible();
    sheet.close();
    press(view, 'O', { ctrlKey: true, shiftKey: true });
    await until(() => find(element, 'cp-welcome') !== null);
    send(get(element, 'cp-composer'), 'Hello');
    await until(() => Boolean(find(element, 'cp-conversation')?.partial));
    press(textareaOf(get(element, 'cp-composer')), 'Escape');
    await until(() => server.asked.includes('POST /chats/stop'));
  });

  it('leaves / and ? to those who are typing', async () => {
    const { element } = await openPlayground();
    const textarea = textareaOf(get(element, 'cp-composer'));
    const event = new KeyboardEvent('keydown', {
      key: '?',
      bubbles: true,
      composed: true,
      cancelable: true,
    });
    textarea.dispatchEvent(event);
    expect(event.defaultPrevented).to.equal(false);
  });

  it('shows the sides as drawers where its own box is narrow', async () => {
    const { element } = await openPlayground({ width: '390px' });
    const frame = get(element, 'cp-frame');
    await until(() => frame.history === 'closed' && frame.parameters === 'closed');
    const opener = get(element, '[aria-label="Show chats"]');
    opener.focus();
    opener.click();
    await until(() => frame.history === 'drawer');
    await expect(element).to.be.accessible();
    press(get(frame, '.side.history'), 'Escape');
    await until(() => frame.history === 'closed');
    await frame.updateComplete;
    expect(opener.matches(':focus')).to.equal(true);
  });

  it('floats behind a button when asked to', async () => {
    const { element } = await openPlayground();
    element.layout = 'floating';
    await element.updateComplete;
    const launcher = get(element, '.launcher');
    expect(find(element, 'cp-frame')).to.equal(null);
    launcher.click();
    await until(() => find(element, 'cp-composer') !== null);
    await expect(element).to.be.accessible();
    get(element, '[aria-label="Close chat"]').click();
    await until(() => find(element, 'cp-frame') === null);
  });
});
