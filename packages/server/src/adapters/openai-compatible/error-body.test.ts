import { describe, expect, it } from 'vitest';
import { readErrorBody } from './error-body.js';

const REASON = 'the number is above what we take';

describe('the reason of a failure', () => {
  it.each<[string, unknown]>([
    ['an object', { error: { message: REASON } }],
    ['a text', REASON],
    ['a text under "error"', { error: REASON }],
    ['"msg"', { code: 20_001, msg: REASON, data: null }],
    ['"message"', { object: 'error', message: REASON }],
    ['"Message"', { __type: 'ThrottlingException', Message: REASON }],
    ['"detail"', { detail: REASON }],
    ['an object under "detail"', { detail: { error: { message: REASON } } }],
    ['"details"', { code: 400, details: REASON }],
    ['a problem with a title', { type: 'about:blank', title: 'Bad Request', detail: REASON }],
    ['a title alone', { status: 400, title: REASON }],
    ["OAuth's description", { error: 'invalid_request', error_description: REASON }],
    ['a status line beside it', { statusCode: 400, error: 'Bad Request', message: REASON }],
    ['a list around it', [{ error: { code: 400, message: REASON } }]],
    ['two lists around it', [[{ error: { message: REASON } }]]],
    ['a list of errors', { success: false, errors: [{ code: 7003, message: REASON }] }],
    ['a list of texts', { error: [REASON] }],
    ['an object as the message', { message: { detail: [{ msg: REASON }] } }],
    ['JSON in the message', { error: { message: JSON.stringify({ error: { message: REASON } }) } }],
    [
      'JSON after words',
      { error: { message: `Error code: 400 - {"error":{"message":"${REASON}"}}` } },
    ],
    [
      'what a gateway passes on',
      {
        error: {
          message: 'Provider returned error',
          code: 400,
          metadata: { raw: `{"error":{"message":"${REASON}"}}`, provider_name: 'x' },
        },
      },
    ],
    [
      'a text that a gateway passes on',
      { error: { message: 'Provider returned error', metadata: { raw: REASON } } },
    ],
    ['another name for it', { base_resp: { status_code: 2013, status_msg: REASON } }],
    ['a fault', { fault: { faultstring: REASON } }],
    ['JSON as a text', JSON.stringify({ error: { message: REASON } })],
    ['an event as a text', `event: error\ndata: {"error":{"message":"${REASON}"}}\n\n`],
    ['an event and the end', `data: {"error":{"message":"${REASON}"}}\n\ndata: [DONE]\n\n`],
    ['a page', `<!DOCTYPE html><html><head><title>${REASON}</title></head><body>x</body></html>`],
    ['a page without a title', `<html><body><h1>${REASON}</h1><p>nginx</p></body></html>`],
    ['an empty error beside it', { error: null, message: REASON }],
    ['a flag beside it', { error: true, message: REASON }],
    ['a flag that is a text', { error: 'true', message: REASON }],
  ])('is found in %s', (_, body) => {
    expect(readErrorBody(body).reason).toBe(REASON);
  });

  it('names the field that a list of mistakes is about', () => {
    const mistake = {
      type: 'extra_forbidden',
      loc: ['body', 'seed'],
      msg: 'nobody knows this',
      input: 5,
    };
    expect(readErrorBody({ detail: [mistake] })).toMatchObject({
      reason: 'seed: nobody knows this',
      fields: ['seed'],
      type: 'extra_forbidden',
    });
    const second = { loc: ['body', 'messages', 0, 'role'], msg: 'must be another' };
    expect(readErrorBody({ message: { detail: [mistake, second] } }).reason).toBe(
      'seed: nobody knows this; messages.0.role: must be another',
    );
    expect(readErrorBody({ errors: { top_p: ['is out of range'] } }).reason).toBe(
      'topp: is out of range',
    );
  });

  it('has the innermost name and the outermost status', () => {
    const google = {
      error: {
        code: 400,
        message: REASON,
        status: 'INVALID_ARGUMENT',
        details: [{ '@type': 'x/ErrorInfo', reason: 'API_KEY_INVALID' }],
      },
    };
    expect(readErrorBody([google])).toMatchObject({
      status: 400,
      code: 'API_KEY_INVALID',
      marks: ['api_key_invalid', '400', 'invalid_argument'],
    });
    const passedOn = {
      error: {
        code: 502,
        message: 'Provider returned error',
        metadata: { raw: '{"code":"busy_now","status":429}' },
      },
    };
    expect(readErrorBody(passedOn)).toMatchObject({ status: 502, code: 'busy_now' });
    expect(
      readErrorBody({ type: 'error', error: { type: 'overloaded_error', message: 'x' } }),
    ).toMatchObject({
      type: 'overloaded_error',
      status: null,
    });
    expect(readErrorBody({ error: { code: '429', message: 'x' } }).status).toBe(429);
    expect(readErrorBody('429 Too Many Requests').status).toBe(429);
  });

  it.each([
    [null, 'none'],
    ['  ', 'none'],
    ['Not found', 'text'],
    ['<!doctype html><title>x</title>', 'html'],
    ['{"detail":"Not Found"}', 'json'],
    [{}, 'json'],
  ])('tells what form it came in: %j', (body, form) => {
    expect(readErrorBody(body).form).toBe(form);
  });

  it('is empty where there is none, whatever comes instead', () => {
    for (const body of [
      null,
      undefined,
      7,
      true,
      [],
      {},
      { error: {} },
      { error: { message: null } },
      '{}',
      '[]',
    ]) {
      expect(readErrorBody(body).reason).toBe('');
    }
  });

  it('is looked for no further than makes sense', () => {
    let deep: unknown = { message: 'far below' };
    for (let depth = 0; depth < 10_000; depth += 1) deep = { error: deep };
    expect(readErrorBody(deep).reason).toBe('');
    const wide = Array.from({ length: 100_000 }, () => ({ error: [{}, {}, {}] }));
    expect(readErrorBody(wide).reason).toBe('');
    expect(readErrorBody('<title '.repeat(200_000)).form).toBe('html');
    expect(readErrorBody('{'.repeat(1_000_000)).form).toBe('text');
    expect(readErrorBody('x'.repeat(1_000_000)).reason.length).toBeLessThanOrEqual(2_000);
  });
});
