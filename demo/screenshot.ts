/**
 * Takes the README's picture from a running demo: `npm run demo` in one terminal, `node demo/screenshot.ts` in another. It
 * declares an incident as Alice, works it a little as Bob, and writes docs/images/demo.png. Needs Debian's chromium.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';

const DEMO = 'http://127.0.0.1:3000';
const PICTURE = fileURLToPath(new URL('../docs/images/demo.png', import.meta.url));
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'];

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
try {
  const context = await browser.newContext({
    viewport: { width: 1240, height: 860 },
    deviceScaleFactor: 2,
    locale: 'en-US',
  });
  const page = await context.newPage();
  await page.addInitScript('localStorage.setItem("coach-seen", "yes")');
  await page.goto(DEMO).catch((cause: unknown) => {
    throw new Error(`The demo does not answer at ${DEMO}: start it with npm run demo.`, { cause });
  });
  await page.getByText('Local demo').waitFor();
  await tellAnIncident(page);
  mkdirSync(dirname(PICTURE), { recursive: true });
  await page.screenshot({ path: PICTURE });
  process.stdout.write(`Wrote ${PICTURE}\n`);
} finally {
  await browser.close();
}

async function tellAnIncident(page: Page): Promise<void> {
  const composer = page.getByTestId('composer').getByRole('textbox');
  const write = async (text: string, shows: string | RegExp = text) => {
    await composer.fill(text);
    await composer.press('Enter');
    await page.getByRole('log').getByText(shows).last().waitFor();
  };
  const actAs = async (name: RegExp) => {
    await page.getByRole('radio', { name }).click();
    await page.getByRole('radio', { name, checked: true }).waitFor();
  };

  await page.getByRole('button', { name: /^incidents/ }).click();
  await write('/incident declare sev2 Checkout is down', /Checkout is down is declared/);
  await page
    .getByRole('button', { name: /^inc-\d+-checkout-is-down/ })
    .last()
    .click();
  await actAs(/^Bob/);
  await write('I take it. @alice, what changed in the last hour?', /what changed in the last hour/);
  await write('/owner me', /Owner is/);
  // The card is edited in place; the picture is of the incident as it is now.
  await page.getByRole('article').filter({ hasText: 'INC-' }).getByText('@Bob').first().waitFor();
  await actAs(/^Alice/);
  await write('Only the coupon service: `4.2.2` went out at 14:05. Rolling it back.', /Rolling it back/);
  const clue = page.getByRole('article').filter({ hasText: 'coupon service' });
  await clue.focus();
  await clue.getByRole('button', { name: 'React with pushpin' }).click();
  await clue.getByRole('button', { name: /You reacted/ }).waitFor();
  await composer.focus();
  await page.mouse.move(700, 830);
}
