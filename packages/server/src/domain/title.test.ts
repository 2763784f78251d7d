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
    ['```json\n{"title": "Sorting lists", "emoji": "x"}\n```', 'Sorting lists'],
    ['{"title":"Sorting \\"big\\" li', 'Sorting "big" li'],
    ['["Sorting lists", "Lists"]', 'Sorting lists'],
    ['{"chat": "Sorting lists"}', 'Sorting lists'],
    ['```\nSorting lists\n```', 'Sorting lists'],
    ['Sure! Here is a title for it:\n\n"Sorting lists"', 'Sorting lists'],
    ["Sure, here's one: “Sorting lists”. Do you like it?", 'Sorting lists'],
    ['Here is a title: Sorting lists', 'Sorting lists'],
    ['Okay, the user asks about lists. I need a title.\n\nSorting lists', 'Sorting lists'],
    ['A good title would be **Sorting lists**', 'Sorting lists'],
    ['Possible titles:\n1. Sorting lists\n2. Lists', 'Sorting lists'],
    ['**Title:** Sorting lists', 'Sorting lists'],
    ['Assistant: Chat title: Sorting lists<|im_end|>', 'Sorting lists'],
    ['<title>Sorting lists</title>', 'Sorting lists'],
    ['[Sorting lists](https://a.example/b)', 'Sorting lists'],
    ['「リストの並べ替え」', 'リストの並べ替え'],
    ['标题：《排序列表》', '排序列表'],
    ['„Listen sortieren“', 'Listen sortieren'],
    ['«ترتيب القوائم»', 'ترتيب القوائم'],
    ['Titel: Why is 3.14 special?', 'Why is 3.14 special?'],
    ['List[int] in Python', 'List[int] in Python'],
    ['2. Weltkrieg', 'Weltkrieg'],
  ])('makes one plain line of %j', (answer, title) => {
    expect(titleFromModel(answer)).toBe(title);
  });

  it.each([
    '',
    '   ',
    '""',
    '<think>never ends',
    '***\n---',
    "I'm sorry, but I can't help with that.",
    'I cannot make a title for this.',
    'ขออภัย ฉันไม่สามารถทำได้',
    '抱歉，我无法回答。',
    'Okay, so the user wants to know',
    `${'Lists are sorted by comparing them. '.repeat(12)}`,
    '{}',
  ])('finds no title in %j', (answer) => {
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
