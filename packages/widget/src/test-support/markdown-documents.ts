/** Markdown that exercises every rule of where a block ends, for tests. */
export const DOCUMENTS: Readonly<Record<string, string>> = {
  prose:
    'A first paragraph\nwith two lines.\n\nA **bold** and _soft_ one, ~~gone~~, `code`.\n\nLast',
  headings:
    '# One\n\n## Two ##\nText\n\nSetext\n===\n\nAnother\nof two lines\n---\n\nText\n#hashtag\n',
  'almost a heading': 'foo\n-\n\nbar\n- \nbaz\n\nqux\n--- no\n\nfoo\n***\nfoo\n***bold***\n',
  bullets: '- one\n- two\n  more\n  - nested\n    - deeper\n- three\n\nAfter\n',
  'list that becomes loose':
    '1. one\n2. two\n3. three\n\n4. four\n5. five\n\nAfter\n\n7. seven\n8. eight\n',
  'list with blocks':
    '1. Step\n\n   ```js\n   const a = 1;\n\n   run();\n   ```\n\n2. Next\n   > quote\n   lazy\n\n3. End\n',
  'task list': '- [x] done\n- [ ] open\n- [ ] **bold** open\n\n- [x] loose\n',
  'two lists': '- a\n- b\n* c\n* d\n\n1. x\n2. y\n1) z\n',
  'not a list': '- a\n-b\n- c\n--\n- d\n---\n',
  'fenced code':
    'Before\n\n```ts\nconst a = `x`;\n\n``\n  ```not\n\n```\n\nAfter\n\n~~~\ntilde ```\n~~~\n',
  'code left open': 'Before\n\n```python\nprint(1)\n\n\n# end\n',
  'fence with backticks inside': '````md\n```js\ncode\n```\n````\nafter\n',
  'indented fence': '  ```js\n  a\n    b\n  ```\ntext\n',
  'empty fence': '```\n```\n\n```js\n```\n\n```\n\n```\n',
  'indented code': 'Text\n\n    code\n\n    more\n\ntext\n\n    last\n',
  table: 'Before\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n| 3 | **4** |\n| 5 | \\| |\n\nAfter\n',
  'table after text': 'Text\n| a | b |\n|---|---|\n| 1 | 2 |\nlazy row\n\nEnd\n',
  'not a table': 'Text\n| a | b |\n|---|---|x\n\n| a |\n|---|---|\n',
  quotes: '> one\n> two\nlazy\n\n> three\n> > nested\n> ```\n> code\n> ```\n\ntext\n',
  rules: 'a\n\n---\n\nb\n***\n\n- - -\n',
  html: '<div>\n**raw**\n\n</div>\n\nText <b>bold</b> <kbd>K</kbd>\n\n<details><summary>More</summary>\ninside\n</details>\n\n<!-- gone -->\n\nEnd\n',
  'unknown tags': 'Use Array<string> and <MyTag>.\n\n<think>\nhm\n</think>\n\nend\n',
  'open comment': 'a\n\n<!-- never\n\nclosed\n\n- x\n',
  'link definitions':
    'See [one][a], [b] and [none].\n\n- item [a]\n- other [b]\n\nText\n\n[a]: https://a.example "A"\n[b]: https://b.example\n\n| [a] |\n|---|\n| [b] |\n\n[a]: https://ignored.example\n',
  'definition with a title on the next line':
    '[x]\n\n[x]: https://x.example\n"A title\nover lines"\n\nText\n',
  footnotes:
    'A note[^1] and[^two] and [^none].\n\n[^1]: First\n  goes on\n\n    second paragraph\n[^two]: Other\n\nEnd\n',
  images:
    '![alt](https://img.example/a.png "t") and ![d](data:image/png;base64,AAAA) ![r](/rel.png)\n',
  links:
    '<https://auto.example> www.example.com a@b.example [js](javascript:alert(1)) [rel](/x) [m](mailto:a@b.example)\n',
  'line ends': 'one\r\ntwo\r\n\r\n- a\r\n- b\r\n\r\n```\r\ncode\r\n```\r\rend\r',
  thai: 'สวัสดีครับ **โลก** 🎉\n\n- หนึ่ง\n- สอง 👩‍👩‍👧\n',
  'breaks and entities': 'one  \ntwo\\\nthree &amp; &lt; &copy; \\*no\\*\n\n&nbsp;\n',
  'hard emphasis': '**bold _both_ bold** *a*b*c* __x__ ***y*** a_b_c **open\n\n*next*\n',
  'leading blank lines': '\n\n\n```js\na\n```\n\n\n- x\n',
  formulas:
    'Given $a_1$ and \\(b^2\\), for $5 and $10:\n$$\n\\frac{a}{b}\n- c\n$$\nafter\n\n\\[ x = 1 \\]\n\n- $x$ in\n- a list\n\n$$ never\n\nclosed $x\n',
  empty: '',
};
