/**
 * Registers every element of the widget: the one module with a side effect. Safe to import twice,
 * beside another copy, and where there are no custom elements (server-side rendering).
 */
const ELEMENTS: Readonly<Record<string, CustomElementConstructor>> = {};

if (typeof customElements !== 'undefined') {
  for (const [tag, element] of Object.entries(ELEMENTS)) {
    if (customElements.get(tag) === undefined) customElements.define(tag, element);
  }
}
