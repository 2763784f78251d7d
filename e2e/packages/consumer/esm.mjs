import { readFileSync } from 'node:fs';
import { createChatClient } from '@chat-playground/sdk';
import { createReplayServer } from '@chat-playground/sdk/testing';
import { converse } from './converse.cjs';

const entries = JSON.parse(readFileSync(new URL('entries.json', import.meta.url), 'utf8'));
const names = {};
for (const entry of entries) names[entry] = Object.keys(await import(entry)).sort();
const reply = await converse({ createChatClient, createReplayServer });
console.log(JSON.stringify({ names, reply }));
