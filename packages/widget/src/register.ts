/**
 * Registers elements under their tags. Safe to repeat, beside another copy of the widget, and
 * where there are no custom elements (server-side rendering).
 */
export function register(elements: Readonly<Record<string, CustomElementConstructor>>): void {
  if (typeof customElements === 'undefined') return;
  for (const [tag, element] of Object.entries(elements)) {
    if (customElements.get(tag) === undefined) customElements.define(tag, element);
  }
}
