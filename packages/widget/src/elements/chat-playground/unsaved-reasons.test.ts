import type { Vote } from '@chat-playground/sdk';
import { expect, oneEvent } from '@open-wc/testing';
import { chat } from '../../test-support/chats.js';
import { FakeServer, failure } from '../../test-support/fake-server.js';
import { reply, userMessage } from '../../test-support/messages.js';
import { find, get, openPlayground } from '../../test-support/open-playground.js';
import { until } from '../../test-support/until.js';
import type { ChatPlayground } from './chat-playground.js';

const VOTE = 'POST /chats/vote';
const EXPLAIN = 'POST /chats/vote/details';

/** A chat with one answer, at a server that takes votes unless a test says otherwise. */
async function openWithAnswer(): Promise<{
  element: ChatPlayground;
  server: FakeServer;
  takeVotes: (vote: Vote | null) => void;
}> {
  const server = new FakeServer();
  const first = chat('Planets');
  const { chat_id } = first;
  const question = userMessage('How many?', { chat_id });
  const answer = reply('Eight.', { chat_id, parent_id: question.message_id });
  const { message_id } = answer;
  server.chats = [{ ...first, active_message_id: message_id }];
  server.messages = [question, answer];
  let version = 1;
  const takeVotes = (vote: Vote | null) =>
    server.answers.set(VOTE, () =>
      Response.json({ message_id, chat_id, vote, version: (version += 1) }),
    );
  takeVotes('downvote');
  const { element } = await openPlayground({ server, chatId: chat_id });
  await until(() => find(element, 'cp-message-actions') !== null);
  return { element, server, takeVotes };
}

const textareaOf = (element: ChatPlayground): HTMLTextAreaElement =>
  get(get(element, 'cp-vote-reasons'), 'textarea') as HTMLTextAreaElement;

async function voteDown(element: ChatPlayground): Promise<void> {
  get(element, '[aria-label="Bad reply"]').click();
  await until(() => find(element, 'cp-vote-reasons') !== null, 'no one asked why');
}

function say(element: ChatPlayground, words: string): void {
  textareaOf(element).value = words;
  get(get(element, 'cp-vote-reasons'), '[type=submit]').click();
}

/** As `openWithAnswer`, with reasons that were given, could not be saved, and came back. */
async function openWithUnsavedReasons(words: string): ReturnType<typeof openWithAnswer> {
  const opened = await openWithAnswer();
  const { element, server } = opened;
  server.answers.set(EXPLAIN, () => failure(503, 'shutting_down'));
  const failed = oneEvent(element, 'chat-playground:error');
  await voteDown(element);
  say(element, words);
  await failed;
  await until(() => find(element, 'cp-vote-reasons') !== null, 'the form did not come back');
  return opened;
}

/** A failure that waits for its moment. */
function heldFailure(): { answer: () => Promise<Response>; release: () => void } {
  let release: () => void = () => undefined;
  const moment = new Promise<void>((resolve) => (release = resolve));
  return {
    answer: async () => {
      await moment;
      return failure(503, 'shutting_down');
    },
    release: () => release(),
  };
}

describe('why one voted, when it cannot be saved,', () => {
  it('comes back into the form, and goes out from there', async () => {
    const { element, server } = await openWithUnsavedReasons('Nine, in my book.');
    expect(textareaOf(element).value).to.equal('Nine, in my book.');

    const { chat_id, message_id } = get(element, 'cp-conversation').messages[1] ?? {};
    const vote_details = { tags: [], comment: 'Nine, in my book.' };
    server.answers.set(EXPLAIN, () =>
      Response.json({ chat_id, message_id, vote: 'downvote', vote_details, version: 3 }),
    );
    get(get(element, 'cp-vote-reasons'), '[type=submit]').click();
    await until(() => find(element, '.reasons')?.textContent?.includes('Nine') === true);
    expect(find(element, 'cp-vote-reasons')).to.equal(null);
  });

  it('comes with the next vote where the vote failed as well', async () => {
    const { element, server, takeVotes } = await openWithAnswer();
    const { answer, release } = heldFailure();
    server.answers.set(VOTE, answer).set(EXPLAIN, answer);
    let failures = 0;
    element.addEventListener('chat-playground:error', () => (failures += 1));
    await voteDown(element);
    say(element, 'Nine, in my book.');
    release();
    await until(() => failures === 2);
    expect(find(element, 'cp-vote-reasons')).to.equal(null);
    takeVotes('downvote');
    await voteDown(element);
    expect(textareaOf(element).value).to.equal('Nine, in my book.');
  });

  it('is forgotten by those who leave the form', async () => {
    const { element, takeVotes } = await openWithUnsavedReasons('Nine, in my book.');
    get(get(element, 'cp-vote-reasons'), '[aria-label="Close"]').click();
    await until(
      () => find(element, '.reasons') === null && find(element, 'cp-vote-reasons') === null,
    );
    takeVotes(null);
    get(element, '[aria-label="Bad reply"]').click();
    await until(() => get(element, '[aria-label="Bad reply"]').ariaPressed === 'false');
    takeVotes('downvote');
    await voteDown(element);
    expect(textareaOf(element).value).to.equal('');
  });
});
