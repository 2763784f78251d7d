import { chromium } from 'playwright-core';
import { browserLaunchOptions } from './find-browser.js';

/**
 * Starts a headless browser with a profile of its own.
 *
 * @returns {Promise<import('playwright-core').Browser>}
 * @throws when none is installed, or CHROME_PATH names none
 */
export function launchBrowser() {
  return chromium.launch(browserLaunchOptions());
}
