/**
 * The HTML a reply may hold. Whatever else a model writes as a tag is shown as the text it is, so
 * that `Array<string>` outside of backticks is not lost, and then still passes the sanitiser.
 */
export const ALLOWED_TAGS: readonly string[] = [
  ...['a', 'abbr', 'b', 'blockquote', 'br', 'cite', 'code', 'dd', 'del', 'details', 'dfn', 'div'],
  ...['dl', 'dt', 'em', 'figcaption', 'figure', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'i'],
  ...['img', 'input', 'ins', 'kbd', 'li', 'mark', 'ol', 'p', 'pre', 'q', 'rp', 'rt', 'ruby', 's'],
  ...['samp', 'small', 'span', 'strong', 'sub', 'summary', 'sup', 'table', 'tbody', 'td', 'tfoot'],
  ...['th', 'thead', 'tr', 'u', 'ul', 'var', 'wbr'],
];

/** No style, no id or name (they would clobber), no data-* (the widget's own), no handlers. */
export const ALLOWED_ATTRIBUTES: readonly string[] = [
  ...['align', 'alt', 'checked', 'class', 'colspan', 'dir', 'disabled', 'href', 'lang', 'open'],
  ...['reversed', 'rowspan', 'src', 'start', 'title', 'type'],
];

/** Classes the renderer itself writes; any other is dropped. */
export const ALLOWED_CLASS = /^(?:language-[\w+#.-]{1,40}|footnote|footnote-ref|math)$/;

const TAG_NAME = /^<\/?([a-z][a-z0-9-]*)/i;
const COMMENT = '<!--';
const allowed = new Set(ALLOWED_TAGS);

/** What to draw of a piece of raw HTML: itself, nothing (a comment), or its source as text. */
export function classifyHtml(raw: string): 'html' | 'nothing' | 'text' {
  const source = raw.trimStart();
  if (source.startsWith(COMMENT)) return 'nothing';
  const name = TAG_NAME.exec(source)?.[1]?.toLowerCase();
  return name !== undefined && allowed.has(name) ? 'html' : 'text';
}
