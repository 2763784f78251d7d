import { describe, expect, it } from 'vitest';
import { createThinkSplitter } from './think-tags.js';

function split(pieces: string[]) {
  const splitter = createThinkSplitter();
  const parts = { reasoning: '', text: '' };
  for (const piece of [...pieces.flatMap((one) => splitter.push(one)), ...splitter.flush()]) {
    if (piece.type !== 'text-is-reasoning') parts[piece.type] += piece.text;
    else [parts.reasoning, parts.text] = [parts.reasoning + parts.text, ''];
  }
  return parts;
}

describe('createThinkSplitter', () => {
  it.each([
    [
      '<think>a < b </thin k></think>\n\nSo <think> is a tag.',
      'a < b </thin k>',
      'So <think> is a tag.',
    ],
    ['\n<think>\nhm</think>yes', '\nhm', 'yes'],
    ['<thinker>no', '', '<thinker>no'],
    ['plain </think> text', '', 'plain </think> text'],
    ['<think>never ends </thi', 'never ends </thi', ''],
    ['<thi', '', '<thi'],
    ['<THINK>loud</THINK>yes', 'loud', 'yes'],
    ['<thinking>hm</thinking>\nyes', 'hm', 'yes'],
    ['<thought>hm</thought>yes', 'hm', 'yes'],
    ['<reasoning>hm</reasoning>yes', 'hm', 'yes'],
    ['<seed:think>hm</seed:think>yes', 'hm', 'yes'],
    ['[THINK]hm [a] [/THINK]yes [THINK]', 'hm [a] ', 'yes [THINK]'],
    ['◁think▷hm◁/think▷yes', 'hm', 'yes'],
    ['<|START_THINKING|>hm<|END_THINKING|>yes', 'hm', 'yes'],
    [
      '<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>yes',
      'hm',
      'yes',
    ],
    ['<|channel|>analysis<|message|>hm<|end|>yes', 'hm', 'yes'],
    ['[x] a task, <b>bold</b>', '', '[x] a task, <b>bold</b>'],
  ])('splits %j wherever it is cut', (whole, reasoning, text) => {
    for (let first = 0; first <= whole.length; first += 1) {
      for (let second = first; second <= whole.length; second += 1) {
        const pieces = [whole.slice(0, first), whole.slice(first, second), whole.slice(second)];
        expect(split(pieces)).toEqual({ reasoning, text });
      }
    }
  });

  it.each([
    ['Okay, hm. I answer.\n</think>\n\nHello', 'Okay, hm. I answer.\n', 'Hello'],
    ['Hm.</think>Hello', 'Hm.', 'Hello'],
    ['hm</think>\nHello </think> there', 'hm', 'Hello </think> there'],
    ['hm\n</thinking>\nHello', 'hm\n', 'Hello'],
    ['คิดก่อน\n[/THINK]\nสวัสดี', 'คิดก่อน\n', 'สวัสดี'],
    ['hm\n◁/think▷ yes', 'hm\n', 'yes'],
    ['</think>\n\nHello', '', 'Hello'],
    ['all of it was thought\n</think>', 'all of it was thought\n', ''],
    ['```\ncode\n```\nhm\n</think>\nyes', '```\ncode\n```\nhm\n', 'yes'],
  ])('takes what a closing mark alone ends for thoughts: %j', (whole, reasoning, text) => {
    for (let first = 0; first <= whole.length; first += 1) {
      for (let second = first; second <= whole.length; second += 1) {
        const pieces = [whole.slice(0, first), whole.slice(first, second), whole.slice(second)];
        expect(split(pieces)).toEqual({ reasoning, text });
      }
    }
  });

  it.each([
    'Write `</think>`\nat the end.',
    'Close it with </think>, then answer.',
    '```xml\nhm\n</think>\n```\nis how.',
    'First <think>, then\n</think>\nand so on.',
    'A list:\n- <thinking>\n- </thinking>\n',
    'The tag </thin',
  ])('leaves marks alone that a reply talks about: %j', (whole) => {
    for (let first = 0; first <= whole.length; first += 1) {
      for (let second = first; second <= whole.length; second += 1) {
        const pieces = [whole.slice(0, first), whole.slice(first, second), whole.slice(second)];
        expect(split(pieces)).toEqual({ reasoning: '', text: whole });
      }
    }
  });
});
