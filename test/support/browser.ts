/**
 * Debian's Chromium, headless, for the pages. What a page complains about (an uncaught error, an error in its console, a request
 * that left this machine) fails the test that asks `complaints`.
 */
import { type BrowserContext, chromium, type Page } from 'playwright-core';

// Without these Chromium looks for its maker's hosts at every start.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface TestBrowser {
  /** A fresh profile, as of somebody who has never been here, and its one page. */
  newPage(size?: { width: number; height: number }, options?: { javaScriptEnabled: boolean }): Promise<Page>;
  /** What pages complained about since the last call. */
  complaints(): string[];
  /** Closes every page, so that none goes on reading and answering while the next test runs. */
  closePages(): Promise<void>;
  close(): Promise<void>;
}

export async function openBrowser(): Promise<TestBrowser> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
  const found: string[] = [];
  return {
    async newPage(size = { width: 1280, height: 800 }, { javaScriptEnabled } = { javaScriptEnabled: true }) {
      const context: BrowserContext = await browser.newContext({
        viewport: size,
        locale: 'en-US',
        timezoneId: 'UTC',
        javaScriptEnabled,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      page.on('pageerror', (error) => void found.push(`uncaught: ${error.message}`));
      page.on('console', (line) => {
        if (line.type() === 'error') found.push(`console: ${line.text()}`);
      });
      page.on('request', (request) => {
        const { protocol, hostname } = new URL(request.url());
        if (protocol.startsWith('http') && hostname !== '127.0.0.1') found.push(`request: ${request.url()}`);
      });
      return page;
    },
    async closePages() {
      for (const context of browser.contexts()) await context.close();
    },
    complaints: () => found.splice(0),
    close: () => browser.close(),
  };
}
