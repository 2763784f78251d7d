import { ChatError } from '@chat-playground/sdk';
import { expect } from '@open-wc/testing';
import { errorText } from './error-text.js';
import { ENGLISH } from './locales.js';

describe('errorText', () => {
  it('says what a known code means', () => {
    const error = new ChatError('fetch failed', { code: 'network', retryable: true });
    expect(errorText(error, ENGLISH)).to.contain('cannot be reached');
  });

  it('says how long to wait', () => {
    const error = new ChatError('slow down', {
      code: 'rate_limited',
      status: 429,
      retryable: true,
      retryAfterMs: 1_200,
    });
    expect(errorText(error, ENGLISH)).to.contain('in 2 seconds');
  });

  it('hands on what the server says of a wrong request, and nothing of its own failures', () => {
    const wrong = new ChatError('message must not be empty', {
      code: 'invalid_request',
      status: 400,
      retryable: false,
    });
    expect(errorText(wrong, ENGLISH)).to.equal('message must not be empty');
    const broken = new ChatError('at db.js:12', { code: 'internal', status: 500, retryable: true });
    expect(errorText(broken, ENGLISH)).not.to.contain('db.js');
  });
});
