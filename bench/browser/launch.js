import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a headless Chromium with a profile of its own: CHROME_PATH, or the first one found. */
export async function launchBrowser() {
  const named = process.env.CHROME_PATH;
  const executablePath = named ?? PLACES.find((path) => existsSync(path));
  if (executablePath === undefined) {
    throw new Error('No Chromium found; set CHROME_PATH to one.');
  }
  return chromium.launch({ executablePath, headless: true, args: ARGS });
}
