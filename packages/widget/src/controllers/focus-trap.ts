const FOCUSABLE = [
  'a[href]',
  'button:not(:disabled)',
  'input:not(:disabled)',
  'textarea:not(:disabled)',
  'select:not(:disabled)',
  'summary',
  '[tabindex]',
].join(',');

/** Children as they are drawn: what is slotted, what is in the shadow, or the plain children. */
function drawnChildren(element: Element): readonly Element[] {
  if (element instanceof HTMLSlotElement) {
    const assigned = element.assignedElements();
    if (assigned.length > 0) return assigned;
  }
  return [...(element.shadowRoot ?? element).children];
}

/** Whether Tab can reach it. */
export function isReachable(element: Element): element is HTMLElement {
  return (
    element instanceof HTMLElement &&
    element.matches(FOCUSABLE) &&
    element.tabIndex >= 0 &&
    element.checkVisibility({ visibilityProperty: true })
  );
}

/** Everything Tab can reach inside an element, through shadow roots and slots, in order. */
export function focusableWithin(element: Element): HTMLElement[] {
  const here = isReachable(element) ? [element] : [];
  return [...here, ...drawnChildren(element).flatMap((child) => focusableWithin(child))];
}

/** The element that has the focus, through all shadow roots. */
export function deepActiveElement(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

/**
 * For the keydown of an element that must keep the focus: Tab on its last control goes to its
 * first, and the other way round.
 */
export function keepTabInside(container: Element, event: KeyboardEvent): void {
  if (event.key !== 'Tab') return;
  const reachable = focusableWithin(container);
  const edge = event.shiftKey ? reachable[0] : reachable.at(-1);
  const target = event.shiftKey ? reachable.at(-1) : reachable[0];
  const active = deepActiveElement();
  if (active !== edge && active !== null && reachable.includes(active as HTMLElement)) return;
  event.preventDefault();
  target?.focus();
}
