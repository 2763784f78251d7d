import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** What a headless browser needs in a container, and does not need to ask the network for. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @returns {string | null} a Chromium or Chrome that is installed, CHROME_PATH first */
export function findBrowser() {
  if (process.env.CHROME_PATH) return process.env.CHROME_PATH;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...PLACES].find((file) => existsSync(file)) ?? null;
}

/**
 * How playwright, and what is built on it or like it, starts the browser.
 *
 * @returns {{ executablePath?: string, args: string[] }} without a path where none is installed:
 *   then it looks for its own
 */
export function browserLaunchOptions() {
  const executablePath = findBrowser();
  return { ...(executablePath !== null && { executablePath }), args: [...FLAGS] };
}

/**
 * Finds a browser, or has playwright download its Chromium.
 *
 * @returns {Promise<{ path: string } | { reason: string }>} where it is, or why there is none
 */
export async function findOrInstallBrowser() {
  const found = findBrowser();
  if (found) return { path: found };
  const { chromium } = await import('playwright-core');
  if (existsSync(chromium.executablePath())) return { path: chromium.executablePath() };
  try {
    console.log('No Chromium or Chrome found: downloading one with playwright …');
    execFileSync('npx', ['playwright-core', 'install', 'chromium'], { stdio: 'ignore' });
    return { path: chromium.executablePath() };
  } catch {
    return {
      reason: 'no Chromium or Chrome is installed and none could be downloaded (set CHROME_PATH)',
    };
  }
}
