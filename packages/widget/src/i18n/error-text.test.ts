import { ChatError, type ChatErrorCode } from '@chat-playground/sdk';
import { ERROR_STATUS } from '@chat-playground/sdk/protocol';
import { expect } from '@open-wc/testing';
import { errorText, replyErrorText } from './error-text.js';
import { ENGLISH, LANGUAGES, loadLocalization } from './locales.js';

const CODES = Object.keys(ERROR_STATUS) as (keyof typeof ERROR_STATUS)[];

/** Failures of a program rather than of what someone did: there is nothing better to say of them. */
const UNSPECIFIC: ReadonlySet<ChatErrorCode> = new Set(['internal', 'idempotency_mismatch']);

function errorOf(code: keyof typeof ERROR_STATUS, message = ''): ChatError {
  return new ChatError(message, { code, status: ERROR_STATUS[code], retryable: false });
}

describe('errorText', () => {
  it('says what a known code means', () => {
    const error = new ChatError('fetch failed', { code: 'network', retryable: true });
    expect(errorText(error, ENGLISH)).to.contain('cannot be reached');
  });

  for (const { locale } of LANGUAGES) {
    it(`has a sentence of its own for every code of the wire in ${locale}`, async () => {
      const words = await loadLocalization(locale);
      const unexpected = words.term('errorUnexpected');
      for (const code of CODES) {
        const text = errorText(errorOf(code), words);
        expect(text, code).not.to.equal('');
        if (!UNSPECIFIC.has(code)) expect(text, code).not.to.equal(unexpected);
        if (locale !== 'en') {
          expect(text, code).not.to.equal(errorText(errorOf(code), ENGLISH));
          expect(text, code).not.to.match(/[a-z]{4}/i);
        }
      }
    });
  }

  it('says how long to wait', () => {
    const error = new ChatError('slow down', {
      code: 'rate_limited',
      status: 429,
      retryable: true,
      retryAfterMs: 1_200,
    });
    expect(errorText(error, ENGLISH)).to.contain('in 2 seconds');
  });

  it('hands on what the server says of a wrong request, and nothing of its own failures', async () => {
    const wrong = errorOf('invalid_request', 'message must not be empty');
    expect(errorText(wrong, ENGLISH)).to.equal('message must not be empty');
    expect(errorText(errorOf('internal', 'at db.js:12'), ENGLISH)).not.to.contain('db.js');
    const thai = await loadLocalization('th');
    expect(errorText(wrong, thai)).to.equal(thai.term('errorInvalid'));
  });
});

describe('replyErrorText', () => {
  const busy = { code: 'provider_rate_limited', message: 'The provider refuses more for now.' };

  it('is the server’s own where the reader reads its language', async () => {
    expect(replyErrorText(busy, ENGLISH)).to.equal(busy.message);
    const thai = await loadLocalization('th');
    expect(replyErrorText(busy, thai)).to.equal(thai.term('errorProviderBusy'));
  });

  it('says at least that the reply failed, whatever the code', async () => {
    const arabic = await loadLocalization('ar');
    expect(replyErrorText({ code: 'from_the_future', message: 'x' }, arabic)).to.equal(
      arabic.term('replyFailed'),
    );
  });
});
