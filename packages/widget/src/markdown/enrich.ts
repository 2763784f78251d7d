import { fillCode } from './code-text.js';
import { REMOTE_IMAGE_ATTRIBUTE } from './sanitiser.js';
import { remoteImageUrl } from './url-policy.js';

/** Words the renderer puts into a document. */
export interface MarkdownTexts {
  showImage(host: string): string;
  footnote(label: string): string;
  taskDone: string;
  taskOpen: string;
}

const LANGUAGE_CLASS = 'language-';

/** Gives sanitised nodes what markdown has no words for: code tools, image consent, scrolling tables. */
export function enrich(fragment: DocumentFragment, texts: MarkdownTexts): void {
  fragment.querySelectorAll('pre > code:only-child').forEach(wrapCode);
  fragment.querySelectorAll('table').forEach(wrapTable);
  fragment.querySelectorAll(`img[${REMOTE_IMAGE_ATTRIBUTE}]`).forEach((image) => {
    askForImage(image, texts);
  });
  fragment.querySelectorAll('sup.footnote-ref').forEach((reference) => {
    makeFootnoteButton(reference, texts);
  });
  fragment.querySelectorAll('input').forEach((box) => {
    box.setAttribute('aria-label', box.hasAttribute('checked') ? texts.taskDone : texts.taskOpen);
  });
}

function wrapCode(code: Element): void {
  const pre = code.parentElement;
  if (pre === null) return;
  const text = (code.textContent ?? '').replace(/\n$/, '');
  const language = code.className.replace(LANGUAGE_CLASS, '');
  pre.replaceWith(createCodeBlock(text, language));
}

/** A code block with its tools; `closed` is set once its text will not grow any more. */
export function createCodeBlock(text: string, language: string): HTMLElement {
  const block = document.createElement('cp-code-block');
  if (language !== '') block.setAttribute('language', language);
  const pre = document.createElement('pre');
  pre.tabIndex = 0;
  const code = document.createElement('code');
  fillCode(code, text);
  pre.append(code);
  block.append(pre);
  return block;
}

function wrapTable(table: Element): void {
  const scroller = document.createElement('div');
  scroller.className = 'table';
  scroller.tabIndex = 0;
  table.replaceWith(scroller);
  scroller.append(table);
}

function makeFootnoteButton(reference: Element, texts: MarkdownTexts): void {
  const label = reference.textContent ?? '';
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = label;
  button.setAttribute('aria-label', texts.footnote(label));
  reference.replaceChildren(button);
}

/** The note a reference's button leads to. */
export function findFootnote(root: ParentNode, button: Element): HTMLElement | null {
  const notes = [...root.querySelectorAll<HTMLElement>('.footnote')];
  const label = button.textContent;
  return notes.find((note) => note.firstElementChild?.textContent === label) ?? null;
}

/** A model must not be able to make the reader's browser call a host of its choice. */
function askForImage(image: Element, texts: MarkdownTexts): void {
  const source = image.getAttribute(REMOTE_IMAGE_ATTRIBUTE) ?? '';
  const url = remoteImageUrl(source);
  const alt = image.getAttribute('alt') ?? '';
  if (url === null) {
    image.replaceWith(alt);
    return;
  }
  const holder = document.createElement('span');
  holder.className = 'remote-image';
  holder.setAttribute(REMOTE_IMAGE_ATTRIBUTE, url.href);
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = texts.showImage(url.host);
  if (alt !== '') button.title = alt;
  holder.append(button);
  image.replaceWith(holder);
}

/** Loads the image a reader has agreed to, in place of the question. */
export function showRemoteImage(holder: Element): void {
  const image = document.createElement('img');
  image.alt = holder.querySelector('button')?.title ?? '';
  image.referrerPolicy = 'no-referrer';
  image.src = holder.getAttribute(REMOTE_IMAGE_ATTRIBUTE) ?? '';
  holder.replaceChildren(image);
}
