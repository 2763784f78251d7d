import { readFileSync, readdirSync } from 'node:fs';
import { customElementJetBrainsPlugin } from 'custom-element-jet-brains-integration';
import { customElementVsCodePlugin } from 'custom-element-vs-code-integration';
import { CSS_PROPERTIES } from './scripts/css-properties.js';

const PUBLIC_ELEMENT = 'ChatPlayground';

/** The elements inside are not for pages to use: editors are told of the one that is. */
const internalElements = readdirSync(new URL('src/elements/', import.meta.url))
  .map(classOf)
  .filter((name) => name !== PUBLIC_ELEMENT);

/** @param {string} tag of an element, which is also its folder's name */
function classOf(tag) {
  return tag.replace(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase());
}

const tokens = readFileSync(new URL('src/themes/tokens.ts', import.meta.url), 'utf8');

/** As in the light: the first value a property is given. */
function defaultOf(name) {
  return new RegExp(`${name}:\\s*([^;]+);`).exec(tokens)?.[1].replace(/\s+/g, ' ');
}

const cssProperties = Object.entries(CSS_PROPERTIES).map(([name, description]) => ({
  name,
  description,
  default: defaultOf(name),
}));

/** Adds what the sources say elsewhere: tags (by their folders) and the look's custom properties. */
const completeElements = {
  name: 'complete-elements',
  packageLinkPhase({ customElementsManifest }) {
    for (const { path, declarations = [] } of customElementsManifest.modules) {
      const tag = /\/([\w-]+)\/\1\.ts$/.exec(path)?.[1];
      if (tag === undefined) continue;
      const element = declarations.find(({ name }) => name === classOf(tag));
      if (element === undefined) continue;
      // By its folder, not by what it extends: some have a base class of their own in between.
      Object.assign(element, { customElement: true, tagName: tag });
      if (element.name === PUBLIC_ELEMENT) element.cssProperties = cssProperties;
    }
  },
};

const editorData = { outdir: 'dist', exclude: internalElements, hideLogs: true };

export default {
  globs: ['src/elements/**/*.ts'],
  exclude: ['**/*.test.ts', '**/*.styles.ts'],
  outdir: 'dist',
  litelement: true,
  // The manifest is named in package.json by hand.
  packagejson: false,
  plugins: [
    completeElements,
    customElementVsCodePlugin(editorData),
    customElementJetBrainsPlugin({ ...editorData, packageJson: false }),
  ],
};
