import createDOMPurify, { type Config, type DOMPurify } from 'dompurify';
import { ALLOWED_ATTRIBUTES, ALLOWED_CLASS, ALLOWED_TAGS } from './allowed-html.js';
import { isEmbeddedImage, isSafeLink } from './url-policy.js';

const CONFIG: Config & { RETURN_DOM_FRAGMENT: true } = {
  ALLOWED_TAGS: [...ALLOWED_TAGS],
  ALLOWED_ATTR: [...ALLOWED_ATTRIBUTES],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};

/** Where the address of an image that needs the reader's consent is kept. */
export const REMOTE_IMAGE_ATTRIBUTE = 'data-remote-src';

let purifier: DOMPurify | undefined;

/**
 * Turns HTML written by a model into nodes that can do no harm: allowed elements and attributes
 * only, links to http, https and mailto, and no image that would call another host by itself.
 * All of that happens in a document without a window, where nothing loads or runs.
 */
export function sanitise(html: string): DocumentFragment {
  purifier ??= createPurifier();
  const fragment = purifier.sanitize(html, CONFIG);
  fragment.querySelectorAll('a').forEach(secureLink);
  fragment.querySelectorAll('img').forEach(withholdRemoteImage);
  fragment.querySelectorAll('input').forEach(keepOnlyCheckbox);
  document.adoptNode(fragment);
  return fragment;
}

/** Its own instance: hooks on a shared one would meet those of the page around. */
function createPurifier(): DOMPurify {
  const instance = createDOMPurify(window);
  // Read once: read with every call, it takes as long as the sanitising itself.
  instance.setConfig(CONFIG);
  instance.addHook('uponSanitizeAttribute', (node, data) => {
    if (data.attrName === 'class') data.keepAttr = ALLOWED_CLASS.test(data.attrValue);
    if (data.attrName === 'href')
      data.keepAttr = node.localName === 'a' && isSafeLink(data.attrValue);
    if (data.attrName === 'src') data.keepAttr = node.localName === 'img';
  });
  return instance;
}

function secureLink(link: HTMLAnchorElement): void {
  if (!link.hasAttribute('href')) return;
  link.target = '_blank';
  link.rel = 'noopener noreferrer nofollow';
}

function withholdRemoteImage(image: HTMLImageElement): void {
  const source = image.getAttribute('src') ?? '';
  if (isEmbeddedImage(source)) return;
  image.removeAttribute('src');
  image.setAttribute(REMOTE_IMAGE_ATTRIBUTE, source);
}

function keepOnlyCheckbox(input: HTMLInputElement): void {
  if (input.getAttribute('type') !== 'checkbox') input.remove();
  else input.disabled = true;
}
