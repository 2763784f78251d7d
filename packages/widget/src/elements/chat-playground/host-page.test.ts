import { expect, oneEvent } from '@open-wc/testing';
import { html } from 'lit';
import { chat } from '../../test-support/chats.js';
import { FakeServer, failure } from '../../test-support/fake-server.js';
import { reply, userMessage } from '../../test-support/messages.js';
import { find, get, openPlayground } from '../../test-support/open-playground.js';
import { until } from '../../test-support/until.js';
import type { ChatPlayground } from './chat-playground.js';

function serverWithChat(): { server: FakeServer; chatId: string } {
  const server = new FakeServer();
  const { chat_id, ...rest } = chat('Planets');
  const question = userMessage('How many?', { chat_id });
  const answer = reply('There are **eight**.', { chat_id, parent_id: question.message_id });
  server.chats = [{ ...rest, chat_id, active_message_id: answer.message_id }];
  server.messages = [question, answer];
  return { server, chatId: chat_id };
}

function isShown(node: Element | null): boolean {
  return node?.checkVisibility() === true;
}

describe('<chat-playground> in a page', () => {
  it('shows what the page puts into header, empty state and footer', async () => {
    const { element } = await openPlayground({
      content: html`<b slot="header">Support</b>
        <h1 slot="empty">How can we help?</h1>
        <small slot="footer">We keep chats for 30 days.</small>`,
    });
    for (const node of element.children) expect(isShown(node), node.outerHTML).to.equal(true);
    expect(isShown(find(element, 'cp-welcome'))).to.equal(false);
    expect(isShown(find(element, '.fine-print'))).to.equal(false);
    await expect(element).to.be.accessible();
  });

  it('shows its own again when the page takes its content away', async () => {
    const { element } = await openPlayground({ content: html`<h1 slot="empty">Ours</h1>` });
    element.querySelector('[slot="empty"]')?.remove();
    await until(() => isShown(find(element, 'cp-welcome')));
  });

  it('adds the page’s actions to every reply and tells which was used', async () => {
    const { server, chatId } = serverWithChat();
    const { element } = await openPlayground({
      server,
      chatId,
      content: html`<template slot="message-actions"
        ><button data-action="report">Report</button></template
      >`,
    });
    await until(() => find(element, '[data-action="report"]') !== null);
    const used = oneEvent(element, 'chat-playground:message-action');
    get(element, '[data-action="report"]').click();
    const { detail } = await used;
    expect(detail.action).to.equal('report');
    expect(detail.message.content).to.equal('There are **eight**.');
    await expect(element).to.be.accessible();
  });

  it('leaves out the parts the page hides', async () => {
    const { server, chatId } = serverWithChat();
    const { element } = await openPlayground({ server, chatId });
    await until(() => find(element, '[aria-label="Good reply"]') !== null);
    const hidden: [attribute: string, selector: string][] = [
      ['hide-account', 'cp-account-menu'],
      ['hide-history', 'cp-history'],
      ['hide-parameters', 'cp-parameters'],
      ['hide-votes', '[aria-label="Good reply"]'],
      ['hide-model-picker', 'cp-model-picker'],
      ['hide-header', '.bar [aria-label="New chat"]'],
    ];
    for (const [attribute, selector] of hidden) {
      element.toggleAttribute(attribute, true);
      await until(() => !isShown(find(element, selector)), `${attribute} hides ${selector}`);
    }
    await element.newChat();
    expect(isShown(find(element, 'cp-starters'))).to.equal(true);
    element.hideStarters = true;
    await until(() => find(element, 'cp-starters') === null);
    await expect(element).to.be.accessible();
  });

  it('shows the chat it is asked for on stores that the page started before', async () => {
    const { server, chatId } = serverWithChat();
    const { element } = await openPlayground({ server });
    const { stores } = element.connect({ baseUrl: '' });
    await stores.start();
    const later = document.createElement('chat-playground');
    Object.assign(later, { chatId, connect: () => ({ stores, close: () => undefined }) });
    const ready = oneEvent(later, 'chat-playground:ready');
    element.replaceWith(later);
    expect((await ready).detail.user?.username).to.equal('Ada Lovelace');
    await until(() => find(later, 'cp-message') !== null);
    later.remove();
    stores.stop();
  });

  it('tells once of a chat that has to be loaded first', async () => {
    const { server, chatId } = serverWithChat();
    const [asked] = server.chats;
    const before = chat('Before');
    server.chats = [before];
    const { element } = await openPlayground({ server, chatId: before.chat_id });
    const told: (string | null)[] = [];
    element.addEventListener('chat-playground:chat-change', ({ detail }) => {
      told.push(detail.chatId);
    });
    if (asked) server.chats = [before, asked];
    element.chatId = chatId;
    await until(() => told.includes(chatId));
    expect(told).to.deep.equal([chatId]);
    await element.newChat();
    expect(told).to.deep.equal([chatId, null]);
  });

  it('has no form where the page holds the session and nobody is signed in', async () => {
    const server = new FakeServer();
    server.isSignedIn = false;
    const { element } = await openPlayground({ server, getToken: () => null });
    expect(find(element, 'cp-sign-in')).to.equal(null);
    expect(get(element, 'cp-session-ended').ended).to.equal(false);
    await expect(element).to.be.accessible();
  });

  it('says that the session has ended when the page’s token is refused, and asks for another', async () => {
    const server = new FakeServer();
    let token = 'first';
    const { element } = await openPlayground({ server, getToken: () => token });
    for (const path of ['GET /chats', 'POST /chats', 'GET /models']) {
      server.answers.set(path, () => failure(401, 'unauthenticated'));
    }
    await element.send('Hello').catch(() => undefined);
    await until(() => find(element, 'cp-session-ended') !== null);
    expect(get(element, 'cp-session-ended').ended).to.equal(true);
    await expect(element).to.be.accessible();
    token = 'second';
    server.answers.clear();
    get(get(element, 'cp-session-ended'), 'button').click();
    await until(() => find(element, 'cp-composer') !== null);
  });
});

/** As careless a stylesheet as a page may have. */
const HOSTILE = `
  /* Not html itself: the reader's own text size, which rem follows, is to be respected. */
  body, body * { all: unset !important; color: rgb(255, 0, 0) !important; font: 40px serif !important; }
  div, button, textarea, p, h1 { display: none !important; position: fixed !important; }
  chat-playground { display: block !important; block-size: 700px !important; }`;

describe('<chat-playground> and the page’s styles', () => {
  let sheet: HTMLStyleElement;

  beforeEach(() => {
    sheet = document.createElement('style');
  });
  afterEach(() => sheet.remove());

  const looks = (element: ChatPlayground) =>
    ['cp-composer textarea', 'cp-welcome p', 'cp-chat-view .bar', '.button.new'].map((path) => {
      const node = path.split(' ').reduce<Element>((root, part) => get(root, part), element);
      const { color, fontFamily, fontSize, display, position } = getComputedStyle(node);
      return { path, color, fontFamily, fontSize, display, position };
    });

  it('looks the same under a hostile stylesheet', async () => {
    const { element } = await openPlayground();
    const before = looks(element);
    sheet.textContent = HOSTILE;
    document.head.append(sheet);
    expect(looks(element)).to.deep.equal(before);
  });

  it('changes nothing of the page around it', async () => {
    const probe = document.createElement('section');
    probe.innerHTML = '<h1>Title</h1><button>Press</button><input><p class="icon hidden">Text</p>';
    document.body.append(probe);
    const stylesOf = () =>
      [...probe.children].flatMap((node) => {
        const style = getComputedStyle(node);
        return [...style].map((name) => `${node.tagName} ${name}: ${style.getPropertyValue(name)}`);
      });
    const before = stylesOf();
    const rules = document.styleSheets.length + document.adoptedStyleSheets.length;
    await openPlayground();
    const after = stylesOf();
    expect(after.filter((style) => !before.includes(style))).to.deep.equal([]);
    expect(before.filter((style) => !after.includes(style))).to.deep.equal([]);
    expect(document.styleSheets.length + document.adoptedStyleSheets.length).to.equal(rules);
    probe.remove();
  });
});
