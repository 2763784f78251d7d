/* global document, window */
import DOMPurify from 'dompurify';
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import css from 'highlight.js/lib/languages/css';
import go from 'highlight.js/lib/languages/go';
import json from 'highlight.js/lib/languages/json';
import python from 'highlight.js/lib/languages/python';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import { Marked } from 'marked';
import { awaitWholeText } from './await-text.js';

const languages = { bash, css, go, json, python, sql, typescript };
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language);

const marked = new Marked({
  renderer: {
    code({ text, lang }) {
      const { value } = hljs.highlight(text, { language: lang });
      return `<pre><code>${value}</code></pre>`;
    },
  },
});

/** The whole text parsed, highlighted, sanitised and drawn one single time: the yardstick. */
window.prepareBench = async () => {
  window.benchText = await (await fetch('/text')).text();
};
window.runBench = async () => {
  const root = document.querySelector('#root');
  root.style.overflow = 'auto';
  root.innerHTML = DOMPurify.sanitize(marked.parse(window.benchText));
  root.scrollTop = root.scrollHeight;
  await awaitWholeText();
};
