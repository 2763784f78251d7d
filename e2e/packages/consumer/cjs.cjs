/* eslint-disable @typescript-eslint/no-require-imports -- what this file is there to try */
const entries = require('./entries.json');
const { converse } = require('./converse.cjs');

const names = {};
for (const entry of entries) names[entry] = Object.keys(require(entry)).sort();
const { createChatClient } = require('@chat-playground/sdk');
const { createReplayServer } = require('@chat-playground/sdk/testing');
converse({ createChatClient, createReplayServer }).then((reply) => {
  console.log(JSON.stringify({ names, reply }));
});
