import type { AddressInfo } from 'node:net';
import { endpoints } from '@chat-playground/sdk/protocol';
import express from 'express';
import { expect, it } from 'vitest';
import { createReadBody } from './read-body.js';

it('lets a long body wait for its turn, and a short one not', async () => {
  const waiting: (() => void)[] = [];
  const turns = {
    enter: () => () => new Promise<void>((resolve) => void waiting.push(resolve)),
  };
  const readBody = createReadBody('sendMessage', endpoints.sendMessage, turns);
  const app = express();
  app.post('/', async (request, response) => {
    response.json(await readBody(request, response));
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const post = async (message: string) => {
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ message }),
    });
    return ((await answer.json()) as { message: string }).message;
  };

  const answers: string[] = [];
  const long = post('x'.repeat(100_000)).then((message) => answers.push(message));
  expect(await post('short')).toBe('short');
  await expect.poll(() => waiting.length).toBe(1);
  expect(answers).toEqual([]);
  waiting[0]?.();
  await long;
  expect(answers).toEqual(['x'.repeat(100_000)]);
  await new Promise((resolve) => server.close(resolve));
});
