import { describe, expect, it } from 'vitest';
import { MAX_MADE_TITLE_LENGTH, titleFromModel, titleFromQuestion } from './title.js';

describe('titleFromModel', () => {
  it.each([
    ['Sorting lists in Python', 'Sorting lists in Python'],
    ['"Sorting lists in Python."', 'Sorting lists in Python'],
    ['Title: **Sorting lists**\n\nHere is why', 'Sorting lists'],
    ['# หัวข้อ: การเรียงลำดับ', 'การเรียงลำดับ'],
    ['<think>The user\nwants a title</think>\n\nRice recipes', 'Rice recipes'],
    ['\n\n- C++ or Rust?', 'C++ or Rust?'],
  ])('makes one plain line of %j', (answer, title) => {
    expect(titleFromModel(answer)).toBe(title);
  });

  it.each(['', '   ', '""', '<think>never ends', '***\n---'])('finds no title in %j', (answer) => {
    expect(titleFromModel(answer)).toBeNull();
  });

  it('keeps neither controls nor marks that turn the direction', () => {
    expect(titleFromModel('safe\u202Etxt.exe\u0000\u0007 name')).toBe('safe txt.exe name');
  });
});

describe('titleFromQuestion', () => {
  it('takes the first words of a long question', () => {
    const title = titleFromQuestion('How do I sort a list of numbers in Python? '.repeat(20));
    expect(title).toBe('How do I sort a list of numbers in Python? How do I sort a…');
    expect(title.length).toBeLessThanOrEqual(MAX_MADE_TITLE_LENGTH);
  });

  it('cuts Thai between words', () => {
    const title = titleFromQuestion(
      'ช่วยอธิบายการเรียงลำดับข้อมูลในภาษาไพทอนให้หน่อยครับว่าทำอย่างไรได้บ้าง'.repeat(2),
    );
    expect(title.endsWith('…')).toBe(true);
    expect(title.length).toBeLessThanOrEqual(MAX_MADE_TITLE_LENGTH);
  });

  it('never cuts within a character', () => {
    const title = titleFromQuestion('👩🏽‍💻'.repeat(40));
    expect(title.isWellFormed()).toBe(true);
    expect(title.length).toBeLessThanOrEqual(MAX_MADE_TITLE_LENGTH);
    expect(title.replaceAll('👩🏽‍💻', '')).toBe('…');
  });

  it('is quick with a text made to be slow', () => {
    expect(titleFromQuestion(`Why${'. '.repeat(100_000)}x`)).toMatch(/^Why[. ]*…?$/);
  });

  it('looks past a block of code', () => {
    expect(titleFromQuestion('```js\nlet a = 1\n```\nWhat is wrong here?')).toBe(
      'What is wrong here?',
    );
  });
});
