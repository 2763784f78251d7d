import type { Page } from 'playwright-core';

export { launchBrowser } from '../../../../scripts/launch-browser.js';

/** What a page must never do: throw, or be stopped by its policy. Read it with the page settled. */
export function watchComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text());
  });
  return complaints;
}

/** Signs in with the widget's form; the replay server takes anyone. */
export async function signIn(page: Page): Promise<void> {
  await page.locator('#email').fill('ada@example.com');
  await page.locator('#password').fill('correct horse');
  await page.keyboard.press('Enter');
  await page.locator('cp-composer textarea').waitFor();
}

/** Sends a message and waits for a finished reply. */
export async function ask(page: Page, text: string): Promise<void> {
  await page.locator('cp-composer textarea').fill(text);
  await page.keyboard.press('Enter');
  await page.locator('cp-message[latest] cp-message-actions').waitFor();
}
