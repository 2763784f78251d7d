import { css } from 'lit';

/**
 * Colours of highlighted code, light and dark by the element's colour scheme. A page overrides the
 * custom properties. Every default keeps a contrast of 4.5 to 1 on the code's background.
 */
export const codeColours = css`
  .hljs-comment,
  .hljs-quote {
    color: var(--cp-code-comment, light-dark(#646a76, #9298a6));
    font-style: italic;
  }
  .hljs-keyword,
  .hljs-selector-tag,
  .hljs-doctag,
  .hljs-template-tag {
    color: var(--cp-code-keyword, light-dark(#a3247f, #f29ad8));
  }
  .hljs-string,
  .hljs-regexp,
  .hljs-addition,
  .hljs-char,
  .hljs-meta .hljs-string {
    color: var(--cp-code-string, light-dark(#1a7042, #8fdcae));
  }
  .hljs-number,
  .hljs-literal,
  .hljs-symbol,
  .hljs-bullet,
  .hljs-link {
    color: var(--cp-code-number, light-dark(#9a4a00, #f5b478));
  }
  .hljs-title,
  .hljs-section,
  .hljs-selector-id {
    color: var(--cp-code-title, light-dark(#2553b8, #8cb8ff));
  }
  .hljs-attr,
  .hljs-attribute,
  .hljs-selector-attr,
  .hljs-selector-class,
  .hljs-selector-pseudo,
  .hljs-property {
    color: var(--cp-code-attribute, light-dark(#7a5200, #e6cb7c));
  }
  .hljs-built_in,
  .hljs-type,
  .hljs-title.class_,
  .hljs-name {
    color: var(--cp-code-type, light-dark(#0d6b79, #7fd6e2));
  }
  .hljs-variable,
  .hljs-template-variable,
  .hljs-params {
    color: var(--cp-code-variable, light-dark(#5f3dc4, #c3b1ff));
  }
  .hljs-meta,
  .hljs-operator,
  .hljs-punctuation,
  .hljs-tag {
    color: var(--cp-code-punctuation, light-dark(#4c5160, #b4b9c6));
  }
  .hljs-deletion {
    color: var(--cp-code-deletion, light-dark(#b3261e, #ff9a92));
  }
  .hljs-emphasis {
    font-style: italic;
  }
  .hljs-strong {
    font-weight: 700;
  }
`;
