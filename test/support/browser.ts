import { type Browser, chromium } from 'playwright-core';
import type { Cleanup } from './processes.ts';

/** Debian's Chromium, headless and without a wish to talk to the internet. */
export async function startBrowser(cleanup: Cleanup): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_BIN'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  cleanup.after(() => browser.close());
  return browser;
}
