import type { Page } from 'playwright-core';

/** One element's computed styles, as one text per property. */
type Looks = { element: string; styles: Record<string, string> }[];

/** What is not the same in two looks, each in a line. */
export function differences(expected: Looks, found: Looks): string[] {
  if (found.length !== expected.length) return [`${found.length} instead of ${expected.length}`];
  return found.flatMap(({ element, styles }, index) => {
    const wanted = expected[index]?.styles ?? {};
    const odd = Object.keys(wanted).filter((name) => wanted[name] !== styles[name]);
    return odd.map((name) => `${element} { ${name}: ${styles[name]}, not ${wanted[name]} }`);
  });
}

/** Every computed style of everything inside the widget, however deep. */
export async function looksOfWidget(page: Page): Promise<Looks> {
  // At rest: nothing under the pointer, and every transition at its end.
  await page.mouse.move(1, 1);
  return page.evaluate(async () => {
    const root = document.querySelector('chat-playground')?.shadowRoot;
    do await new Promise((resolve) => requestAnimationFrame(resolve));
    while (root?.querySelector(':hover'));
    // A root tells of the animations of its own tree alone, so every tree is asked.
    const settle = async (tree: DocumentOrShadowRoot & ParentNode): Promise<void> => {
      const passing = tree
        .getAnimations()
        .filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
      await Promise.allSettled(passing.map((one) => one.finished));
      for (const { shadowRoot } of tree.querySelectorAll('*'))
        if (shadowRoot) await settle(shadowRoot);
    };
    await settle(document);
    const looks: Looks = [];
    const visit = (root: ParentNode, path: string): void => {
      for (const element of root.querySelectorAll('*')) {
        const name = `${path} ${element.localName}.${element.getAttribute('class') ?? ''}`;
        const computed = getComputedStyle(element);
        const names = [...computed].filter((property) => !property.startsWith('--'));
        const styles = names.map((property) => [property, computed.getPropertyValue(property)]);
        looks.push({ element: name, styles: Object.fromEntries(styles) as Record<string, string> });
        if (element.shadowRoot) visit(element.shadowRoot, name);
      }
    };
    if (root) visit(root, '');
    return looks;
  });
}

/** Whatever of a page the widget could have changed: its elements' styles, its attributes, its globals. */
export async function looksOfPage(
  page: Page,
): Promise<{ elements: Looks; markup: string[]; sheets: number; globals: string[] }> {
  return page.evaluate(() => {
    const own = [...document.querySelectorAll('html, body, body *:not(chat-playground)')];
    const elements = own.map((element) => {
      const computed = getComputedStyle(element);
      const styles = [...computed].map((name) => [name, computed.getPropertyValue(name)]);
      return {
        element: element.localName,
        styles: Object.fromEntries(styles) as Record<string, string>,
      };
    });
    return {
      elements,
      markup: own.map((element) => element.cloneNode(false) as Element).map((one) => one.outerHTML),
      sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
      // Lit and nanostores tell their other copies of a page that they are there, by names of their own.
      globals: Object.keys(window).filter(
        (name) => !/^__playwright|^(lit|reactive|nanostores)[A-Z]/.test(name),
      ),
    };
  });
}

/** Where the main parts of an open, floating widget are, in whole pixels of the screen. */
export async function layoutOf(page: Page): Promise<Record<string, number[]>> {
  const parts = {
    launcher: page.locator('chat-playground .launcher'),
    panel: page.locator('chat-playground .stage'),
    heading: page.getByRole('heading', { name: 'Welcome back' }),
    email: page.getByLabel('E-mail', { exact: true }),
    submit: page.locator('form').getByRole('button', { name: 'Sign in' }),
  };
  const layout: Record<string, number[]> = {};
  for (const [name, part] of Object.entries(parts)) {
    const box = await part.boundingBox();
    if (box === null) throw new Error(`The ${name} has no box.`);
    layout[name] = [box.x, box.y, box.width, box.height].map(Math.round);
  }
  return layout;
}
