import { describe, expect, it } from 'vitest';
import type { Secret } from './clean-reason.js';
import { readErrorBody } from './error-body.js';
import { providerError } from './provider-errors.js';

const NOW = Date.parse('2026-03-01T12:00:00Z');

/** What an answer with this status and body is put into. */
function answer(status: number | null, body: unknown, headers: Record<string, string> = {}) {
  const failure = {
    kind: 'reported',
    ...readErrorBody(body),
    headers: new Headers(headers),
  } as const;
  return providerError('acme', { ...failure, status: status ?? failure.status }, { now: NOW });
}

const error = (message: string, more = {}) => ({ error: { message, ...more } });

describe('an answer that is a failure', () => {
  it.each<[string, number | null, unknown, string, RegExp]>([
    // key
    [
      'a refused key',
      401,
      error('we do not know this one'),
      'provider_unauthorized',
      /API key.*we do not know this one/,
    ],
    ['a refused key in plain text', 401, 'Unauthorized', 'provider_unauthorized', /API key/],
    [
      'a refused key with 400',
      400,
      [error('not one of ours', { details: [{ reason: 'API_KEY_INVALID' }] })],
      'provider_unauthorized',
      /API key.*not one of ours/,
    ],
    [
      'a refused key in words with 400',
      400,
      error('API key not valid. Please pass another.'),
      'provider_unauthorized',
      /API key/,
    ],
    [
      'a refused key in a stream',
      null,
      error('wrong', { type: 'authentication_error' }),
      'provider_unauthorized',
      /API key/,
    ],
    // 403 is many things
    [
      'a filter with 403',
      403,
      error('the prompt was flagged (hate)', { metadata: { reasons: ['hate'] } }),
      'provider_rejected',
      /filter.*flagged/,
    ],
    [
      'a country with 403',
      403,
      error('not for where you are', { code: 'unsupported_country_region_territory' }),
      'provider_rejected',
      /country or region/,
    ],
    [
      'a country in words',
      400,
      error('User location is not supported for the API use.'),
      'provider_rejected',
      /country or region/,
    ],
    [
      'a model one may not use',
      403,
      error('Your project does not have access to model m-9'),
      'provider_rejected',
      /model.*access to model m-9/,
    ],
    [
      'a wall with 403',
      403,
      '<html><head><title>Attention required</title></head></html>',
      'provider_rejected',
      /blocks it.*Attention required/,
    ],
    [
      'another right',
      403,
      error('your team may not do this'),
      'provider_unauthorized',
      /may not do this/,
    ],
    // limits
    ['a rate limit', 429, error('slow down'), 'provider_rate_limited', /busy.*slow down/],
    [
      'a rate limit with 413',
      413,
      error('6000 tokens per minute, 9012 asked for', { code: 'rate_limit_exceeded' }),
      'provider_rate_limited',
      /6000/,
    ],
    [
      'a rate limit with 413 without a code',
      413,
      error('Request too large on tokens per minute (TPM): Limit 6000'),
      'provider_rate_limited',
      /TPM/,
    ],
    [
      'a rate limit in a stream',
      null,
      error('too fast', { code: 'rate_limit_exceeded' }),
      'provider_rate_limited',
      /too fast/,
    ],
    [
      'a rate limit in a stream by number',
      null,
      error('too fast', { code: '429' }),
      'provider_rate_limited',
      /too fast/,
    ],
    [
      'a limit of the day',
      429,
      error('free requests per day are through'),
      'provider_rate_limited',
      /today/,
    ],
    [
      'a limit that names its quota',
      429,
      error('You exceeded your current quota', { status: 'RESOURCE_EXHAUSTED' }),
      'provider_rate_limited',
      /quota/,
    ],
    // money
    ['no credit', 402, error('pay first'), 'provider_rejected', /credit.*pay first/],
    [
      'a quota',
      429,
      error('no more', { code: 'insufficient_quota' }),
      'provider_rejected',
      /credit/,
    ],
    [
      'a balance with 429',
      429,
      error('Insufficient balance, please recharge', { code: '1113' }),
      'provider_rejected',
      /credit/,
    ],
    [
      'a balance with 400',
      400,
      error('Your credit balance is too low to use this'),
      'provider_rejected',
      /credit/,
    ],
    [
      'a quota in a stream',
      null,
      error('the allowance of this month is used up'),
      'provider_rejected',
      /credit.*this month/,
    ],
    // filter
    [
      'a filter',
      400,
      error('word it otherwise', { code: 'content_filter' }),
      'provider_rejected',
      /content filter/,
    ],
    [
      'a filter in words',
      400,
      error('Your request was rejected as a result of our safety system.'),
      'provider_rejected',
      /content filter/,
    ],
    [
      'a filter in a stream',
      null,
      error('no', { innererror: { code: 'ResponsibleAIPolicyViolation' } }),
      'provider_rejected',
      /content filter/,
    ],
    // length
    [
      'too long a prompt',
      400,
      error('x', { code: 'context_length_exceeded' }),
      'context_too_long',
      /too long/,
    ],
    [
      'too long a prompt in words',
      400,
      { message: 'maximum context length is 4096, 5000 asked for' },
      'context_too_long',
      /4096/,
    ],
    [
      'too long a prompt in plain text',
      400,
      'prompt is too long: 210000 tokens > 200000 maximum',
      'context_too_long',
      /210000/,
    ],
    [
      'too long a prompt with 413',
      413,
      '<html><title>413 Request Entity Too Large</title></html>',
      'context_too_long',
      /too long/,
    ],
    [
      'too long a prompt with 500',
      500,
      error('the request exceeds the available context size'),
      'context_too_long',
      /context size/,
    ],
    [
      'too long a prompt in a stream',
      null,
      error('9000 tokens are more than the context size of 4096'),
      'context_too_long',
      /9000/,
    ],
    // model and address
    [
      'a model that is not there',
      404,
      error('no model of that name'),
      'provider_rejected',
      /model.*no model of that name/,
    ],
    [
      'a model by its code',
      404,
      error('gone', { code: 'model_not_found' }),
      'provider_rejected',
      /does not offer this model/,
    ],
    [
      'a model by another field',
      400,
      { code: 20_012, msg: 'Model does not exist. Please check it carefully.' },
      'provider_rejected',
      /model/,
    ],
    [
      'a model nobody serves',
      404,
      error('No endpoints found matching your data policy', { code: 404 }),
      'provider_rejected',
      /No endpoints/,
    ],
    [
      'a model that has to be pulled',
      404,
      { error: 'model "llama9" not found, try pulling it first' },
      'provider_rejected',
      /does not offer this model.*llama9/,
    ],
    [
      'a path of no page',
      404,
      '<html><title>404 Not Found</title></html>',
      'provider_rejected',
      /base_url.*\/v1/,
    ],
    ['a path in plain text', 404, '404 page not found', 'provider_rejected', /base_url.*\/v1/],
    ['a path of no route', 404, { detail: 'Not Found' }, 'provider_rejected', /base_url.*\/v1/],
    [
      'a path of no route, told in JSON',
      404,
      error('Invalid URL (POST /chat/completions)'),
      'provider_rejected',
      /base_url.*\/v1/,
    ],
    ['a wrong method', 405, { detail: 'Method Not Allowed' }, 'provider_rejected', /base_url/],
    ['a redirect', 308, '', 'provider_invalid_response', /redirect.*base_url/],
    // its own trouble
    [
      'too much to do',
      529,
      { type: 'error', error: { type: 'overloaded_error', message: 'later' } },
      'provider_unavailable',
      /too much to do.*later/,
    ],
    [
      'too much to do in a stream',
      null,
      error('later', { type: 'overloaded_error' }),
      'provider_unavailable',
      /too much to do/,
    ],
    [
      'a page of the gateway',
      502,
      '<html><title>502 Bad Gateway</title></html>',
      'provider_unavailable',
      /HTTP 502.*Bad Gateway/,
    ],
    [
      'an unknown reason in a stream',
      null,
      error('the worker stopped'),
      'provider_unavailable',
      /the worker stopped/,
    ],
    [
      'an unknown reason without a status',
      200,
      { success: false, errors: [{ code: 7009, message: 'behind is away' }] },
      'provider_unavailable',
      /behind is away/,
    ],
    // the request
    [
      'a field it does not know',
      422,
      { detail: [{ type: 'extra_forbidden', loc: ['body', 'seed'], msg: 'unknown field' }] },
      'provider_rejected',
      /seed: unknown field/,
    ],
    [
      'a field of this model',
      400,
      error('temperature does not work with this model', {
        param: 'temperature',
        code: 'unsupported_value',
      }),
      'provider_rejected',
      /rejected.*temperature/,
    ],
    [
      'what it does not take, in a stream',
      null,
      error('the third is wrong', { type: 'invalid_request_error' }),
      'provider_rejected',
      /third/,
    ],
    ['nothing but a status', 418, '', 'provider_rejected', /HTTP 418/],
  ])('tells %s', (_, status, body, code, words) => {
    const told = answer(status, body);
    expect(told.code).toBe(code);
    expect(told.message).toMatch(words);
    expect(told.message).toMatch(/^acme .*[.!?…]$/);
  });

  it("names the provider's own id of the request, if it looks like one", () => {
    const named = (id: string) => answer(400, error('no'), { 'x-request-id': id }).message;
    expect(named('req_0a1b2c')).toContain('(HTTP 400, request req_0a1b2c): no.');
    expect(named('<b>hello there</b>')).toContain('(HTTP 400): no.');
  });

  it.each<[string, Record<string, string>, string, number | undefined]>([
    ['seconds', { 'retry-after': '20' }, '', 20],
    ['milliseconds', { 'retry-after-ms': '2500' }, '', 3],
    ['milliseconds before seconds', { 'retry-after-ms': '1500', 'retry-after': '9' }, '', 2],
    ['a date', { 'retry-after': 'Sun, 01 Mar 2026 12:00:40 GMT' }, '', 40],
    ['a date that is past', { 'retry-after': 'Sun, 01 Mar 2026 11:00:00 GMT' }, '', 1],
    ['words', {}, 'Please try again in 6.5s.', 7],
    ['words with minutes', {}, 'Please try again in 1m30s', 90],
    ['words with milliseconds', {}, 'try again in 250ms', 1],
    ['words at length', {}, 'Please retry after 20 seconds.', 20],
    ['words of another kind', {}, 'come back in 3 s', 3],
    ['when its limit starts anew', { 'x-ratelimit-reset-requests': '1m6s' }, '', 66],
    [
      'when the limit that is reached starts anew',
      {
        'x-ratelimit-reset-requests': '8s',
        'x-ratelimit-remaining-requests': '3',
        'x-ratelimit-reset-tokens': '4s',
        'x-ratelimit-remaining-tokens': '0',
      },
      '',
      4,
    ],
    ['a time since 1970', { 'x-ratelimit-reset': String(NOW / 1000 + 30) }, '', 30],
    ['a time since 1970 in milliseconds', { 'x-ratelimit-reset': String(NOW + 30_000) }, '', 30],
    [
      'a time in another form',
      { 'anthropic-ratelimit-requests-reset': '2026-03-01T12:00:12Z' },
      '',
      12,
    ],
    ['years', { 'x-ratelimit-reset': '1993456000000' }, '', undefined],
    ['nonsense', { 'retry-after': 'soon' }, 'try again later', undefined],
    ['a negative wait', { 'retry-after': '-5' }, '', undefined],
  ])('passes on how long to wait, given as %s', (_, headers, words, expected) => {
    const told = answer(429, error(words), headers);
    expect(told.retryAfterSeconds).toBe(expected);
    expect(told.retryable).toBe(true);
    if (expected !== undefined) expect(told.message).toMatch(/asked to wait/);
  });
});

describe('the words of a failure', () => {
  const key = 'sk-proj-Zq81hT0pWk27LmYv5sUa';
  const secrets: Secret[] = [
    { value: key, isKey: true },
    { value: 'team-rocket', isKey: false },
  ];
  const shown = (message: string) =>
    providerError(
      'acme',
      { kind: 'reported', ...readErrorBody(error(message)), status: 400 },
      { secrets },
    ).message;

  it.each([
    key,
    'sk-proj-Zq81***vYUa',
    'sk-ab***cd',
    'sk-…Y5sUa',
    'Zq81hT0pWk',
    'LmYv5sUa',
    'team-rocket',
    'Bearer abcdef123456',
    'Authorization: Basic dXNlcjpwYXNz',
    'Authorization: secretsecret',
    'x-api-key=topsecret',
    'https://host.example/v1?key=AIzaSyB0',
    '?key=hunter2hunter2',
    'AIzaSyA1234567890abcdefghij',
    'gsk_abcdef0123456789',
    'hf_abcdefghij',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln',
    'user:pass@internal.example',
    'postgres://user:pass@10.0.0.7/db',
    '10.0.0.7:8000',
    '0123456789abcdef0123456789abcdef',
    '****5678',
    'key: 9f8e7d6c5b4a',
  ])('never hold %s', (secret) => {
    const message = shown(`before ${secret} after`);
    expect(message).toMatch(/before .*\((hidden|address)\).* after/);
    for (const piece of secret.match(/[A-Za-z0-9]{8,}/g) ?? []) {
      if (!/^(Authorization|internal|postgres)$/.test(piece)) expect(message).not.toContain(piece);
    }
  });

  it('leave what is no key', () => {
    const words =
      'Your token expired: tokens per minute are 6000, the key word is "temperature" (request req_1)';
    expect(shown(words)).toContain(words);
  });

  it('are one short line, with whole characters', () => {
    const message = shown(
      `first\nsecond\u2028third\u0000\u001b[31mred \u202Eback <b>bold</b> ${'😀'.repeat(400)}`,
    );
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}<>]/u);
    expect(message.isWellFormed()).toBe(true);
    expect(message.length).toBeLessThan(300);
  });
});

describe('a connection that fails', () => {
  it.each([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /self-signed.*NODE_EXTRA_CA_CERTS/],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', /issuer.*NODE_EXTRA_CA_CERTS/],
    ['CERT_HAS_EXPIRED', /expired/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /another host/],
    ['CERT_SIGNATURE_FAILURE', /certificate.*CERT_SIGNATURE_FAILURE/],
    ['ECONNREFUSED', /nothing answers/],
    ['ENOTFOUND', /name cannot be resolved/],
    ['ECONNRESET', /broke the connection off/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', /http:\/\/ instead of https:\/\//],
    ['HPE_INVALID_CONSTANT', /https:\/\/ instead of http:\/\//],
    ['EHOSTUNREACH', /EHOSTUNREACH/],
  ])('says what %s means', (code, words) => {
    const told = providerError('acme', { kind: 'connection', code, cause: new Error('x') });
    expect(told.code).toBe('provider_unavailable');
    expect(told.message).toMatch(words);
  });
});
