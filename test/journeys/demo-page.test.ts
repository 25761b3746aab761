import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Demo, runDemo } from '../../demo/run.ts';
import { freePort } from '../../demo/slack/free-port.ts';
import { createLogger } from '../../src/adapters/log/logger.ts';
import { openSpec } from '../../src/app/spec.ts';
import { startMainstay } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { openBrowser, type TestBrowser } from '../support/browser.ts';
import { pageApi } from '../support/demo-page.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';
import { captureLog } from '../support/unexpected-errors.ts';

const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

let browser: TestBrowser;
let database: FreshDatabase;
let demo: Demo;
let home: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'mainstay-demo-'));
  [browser, database] = await Promise.all([openBrowser(), freshDatabase()]);
  demo = await runDemo({
    home,
    port: await freePort(),
    hostname: '127.0.0.1',
    print: () => {},
    database: { exists: async () => false, clear: async () => {} },
    startApp: ({ slack, specFile, clock }) =>
      startMainstay({
        config: loadConfig({
          NODE_ENV: 'test',
          PORT: '0',
          DATABASE_URL: database.url,
          MAINSTAY_HOME: home,
          SLACK_API_URL: slack.apiUrl,
          SLACK_BOT_TOKEN: slack.botToken,
          SLACK_SIGNING_SECRET: slack.signingSecret,
        }),
        spec: openSpec(specFile, {}),
        log: createLogger({ level: 'info', destination: captureLog().stream }),
        clock,
      }),
  });
  await demo.settled;
});
afterAll(async () => {
  await demo.stop();
  await browser.close();
  await database.drop();
  rmSync(home, { recursive: true });
});
afterEach(async () => {
  await browser.closePages();
  const page = pageApi(demo.url);
  for (const as of ['U0ALICE', 'U0BOB', 'U0CHARLIE'])
    for (const { id } of (await page.state(as)).modals.slice(0, 1))
      await page.act(as, 'close', { view: id, all: true });
  expect(browser.complaints()).toEqual([]);
});

/** The page as somebody sees it who has been here before. */
async function openAs(name: 'Alice' | 'Bob' | 'Charlie', size?: { width: number; height: number }): Promise<Page> {
  const page = await browser.newPage(size);
  await page.addInitScript(() => localStorage.setItem('coach-seen', 'yes'));
  await page.goto(demo.url);
  await actAs(page, name);
  return page;
}
const actAs = (page: Page, name: string) => page.getByRole('radio', { name: new RegExp(`^${name}`) }).click();
const composer = (page: Page) => page.getByTestId('composer').getByRole('textbox');
const dialog = (page: Page, name: string) => page.getByRole('dialog', { name });
const message = (page: Page, text: string | RegExp): Locator =>
  page
    .getByRole('log', { name: /^Messages in/ })
    .getByRole('article')
    .filter({ hasText: text })
    .last();

async function write(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}
/** Goes to a conversation by the sidebar, where it stands with its unread count. */
async function goTo(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('navigation', { name: 'Conversations' }).getByRole('button', { name }).click();
}
/** Declares an incident and opens its channel. */
async function declare(page: Page, title: string): Promise<void> {
  await goTo(page, /^incidents/);
  await write(page, `/incident declare sev2 ${title}`);
  await goTo(page, new RegExp(`^inc-\\d+-${title.toLowerCase().replaceAll(' ', '-')}`));
  await message(page, 'Pinned by Mainstay').waitFor();
}

describe('the demo page', { timeout: 60_000 }, () => {
  it('moves the clock: what falls due on the way is asked for then, and the page says so', async () => {
    const page = await openAs('Bob');
    await goTo(page, /^ops/);
    await page.getByRole('button', { name: /^Time/ }).click();
    await page.getByRole('button', { name: /next morning/ }).click();
    await page.getByText('The clock is moved').waitFor({ timeout: 60_000 });
    expect(await page.locator('#strip').textContent()).toMatch(/moved: it is .*9:00.* here, .* ahead of yours/);
    const cards = page.getByRole('article').filter({ hasText: 'Backups of the night' }).filter({ hasText: 'Taken by' });
    const card = cards.last();
    await card.getByText(/Today 8:00/).waitFor();
    // Slack's own times did not move: what one does still reaches the app.
    await card.getByRole('button', { name: 'Take' }).click();
    await card.getByText('@Bob').waitFor();
  }, 90_000);

  it('begins with yesterday’s incident, told at its own time', async () => {
    const page = await openAs('Charlie');
    await goTo(page, /^managers/);
    await message(page, 'INC-1 resolved').waitFor();
    expect(await message(page, 'INC-1 resolved').innerText()).toMatch(/Resolved\s+after 38 min/);
  });

  it('shows a newcomer what to type, and an incident travels from there to its post-mortem', async () => {
    const page = await browser.newPage();
    await page.goto(demo.url);
    await page.getByRole('button', { name: 'Put it in the composer' }).click();
    expect(await composer(page).inputValue()).toBe('/incident declare sev2 Checkout is down');
    await composer(page).press('Enter');
    await message(page, 'Checkout is down is declared').waitFor();
    await goTo(page, /^inc-\d+-checkout-is-down/);
    const card = message(page, 'Pinned by Mainstay');
    await card.getByText('SEV2').waitFor();

    await card.getByRole('button', { name: 'Severity…' }).click();
    const severity = page.getByRole('dialog');
    await severity.getByRole('radio', { name: /SEV1/ }).check();
    await severity.getByRole('textbox').fill('Nobody can pay');
    await severity.getByRole('button', { name: 'Set' }).click();
    await card.getByText('SEV1').waitFor();
    await write(page, '/owner @bob');
    await card.getByText('@Bob').first().waitFor();
    await write(page, '/incident note Release 4.2.2 went out at 14:05');
    await message(page, 'Noted').waitFor();

    await write(page, 'The pool is exhausted since 14:06');
    const clue = message(page, 'The pool is exhausted');
    await clue.focus();
    await clue.getByRole('button', { name: 'React with pushpin' }).click();
    await clue.getByRole('button', { name: /pushpin: You reacted/ }).waitFor();

    await actAs(page, 'Bob');
    await card.getByRole('button', { name: 'Update…' }).click();
    await dialog(page, 'Post an update').getByRole('textbox').fill('Rolling back');
    await page.keyboard.press('Control+Enter');
    await message(page, 'Rolling back').waitFor();
    await write(page, '/incident mitigate Rolled back');
    await card.getByText('Mitigating').waitFor();
    await write(page, '/incident resolve The release halved the pool');
    await card.getByText('Resolved').first().waitFor();

    await card.getByRole('button', { name: 'Post-mortem draft' }).click();
    // Nothing but the draft tells all of it; the card says some, and is there before.
    const facts = ['Release 4.2.2 went out', 'The pool is exhausted', 'Rolling back', 'The release halved the pool'];
    let draft = message(page, 'Timeline');
    for (const fact of facts) draft = draft.filter({ hasText: fact });
    await draft.waitFor();
  });

  it('keeps a form until it is right, and then its incident is there', async () => {
    const page = await openAs('Alice');
    await write(page, '/incident declare');
    const form = dialog(page, 'Declare an incident');
    await form.waitFor();
    const submit = form.getByRole('button', { name: 'Declare' });
    await submit.click();
    await form.getByText('Please complete this required field.').first().waitFor();
    await form.getByRole('textbox').first().fill('Search is slow');
    await form.getByRole('combobox', { name: 'Severity' }).click();
    await page.getByRole('option', { name: /SEV3/ }).click();
    await submit.click();
    await page.getByRole('dialog').getByText('Search is slow').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await goTo(page, /^inc-\d+-search-is-slow/);
    await message(page, 'SEV3').waitFor();
  });

  it('tells others at once: a mention counts until it is read', async () => {
    const alice = await openAs('Alice');
    await declare(alice, 'Mail is stuck');
    const bob = await openAs('Bob');
    const unread = bob.getByRole('button', { name: /^inc-\d+-mail-is-stuck \d+ mention/ });
    await write(alice, 'Can you look, @bob?');
    await unread.waitFor();
    await unread.click();
    await message(bob, 'Can you look').waitFor();
    await unread.waitFor({ state: 'detached' });
  });

  it('shows private answers to one person only, until they are dismissed', async () => {
    const page = await openAs('Alice');
    await write(page, '/incident lsit');
    // Commands before this one were answered here privately too.
    const answer = message(page, 'Only visible to you').filter({ hasText: 'lsit' });
    await answer.waitFor();
    const name = await answer.getAttribute('data-ts');
    await actAs(page, 'Bob');
    await page.getByRole('radio', { name: /^Bob/, checked: true }).waitFor();
    expect(await page.locator(`[data-ts="${name}"]`).count()).toBe(0);
    await actAs(page, 'Alice');
    await answer.getByRole('button', { name: 'Dismiss message' }).click();
    await page.locator(`[data-ts="${name}"]`).waitFor({ state: 'detached' });
  });

  it('talks in threads, and a message shortcut works there', async () => {
    const page = await openAs('Alice');
    await declare(page, 'Disk is full');
    await write(page, 'It is the log volume');
    const root = message(page, 'It is the log volume');
    await root.focus();
    await root.getByRole('button', { name: 'Reply in thread' }).click();
    const thread = page.getByRole('complementary', { name: 'Thread' });
    await thread.getByRole('textbox').fill('Rotating it now');
    await thread.getByRole('textbox').press('Enter');
    await root.getByText('1 reply').waitFor();
    const reply = thread.getByRole('article').filter({ hasText: 'Rotating it now' });
    await reply.focus();
    await reply.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: /Add to timeline/ }).click();
    await goTo(page, /^inc-\d+-disk-is-full/);
    await vi.waitFor(async () => {
      await write(page, '/incident timeline');
      await message(page, 'Rotating it now').waitFor({ timeout: 2000 });
    });
  });

  it('completes commands and people from the keyboard', async () => {
    const page = await openAs('Alice');
    await composer(page).pressSequentially('/ow');
    await page.getByRole('option', { name: /\/owner/ }).waitFor();
    await page.keyboard.press('Tab');
    await composer(page).pressSequentially('@cha');
    await page.getByRole('option', { name: /Charlie/ }).waitFor();
    await page.keyboard.press('Enter');
    expect(await composer(page).inputValue()).toBe('/owner @charlie ');
  });

  it('shows the app’s Home, and it leads to the incident', async () => {
    const page = await openAs('Alice');
    await declare(page, 'Queue is stuck');
    await goTo(page, /^Mainstay/);
    // Unread messages of the app's come before its Home.
    await page.getByRole('tab', { name: 'Home' }).click();
    const home = page.getByRole('tabpanel', { name: 'Home' });
    await home.getByText('Queue is stuck').first().waitFor();
    await home
      .getByRole('link', { name: /queue-is-stuck/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: /queue-is-stuck/ }).waitFor();
  });

  it('is there again, whole, when the page is loaded anew', async () => {
    const page = await openAs('Bob');
    await declare(page, 'Login fails');
    await page.reload();
    await page.getByRole('radio', { name: /^Bob/, checked: true }).waitFor();
    await message(page, 'Pinned by Mainstay').getByText('SEV2').waitFor();
  });

  it.each([
    ['a wide window', { width: 1280, height: 800 }],
    ['a narrow one', { width: 390, height: 844 }],
  ])('can be used by everybody: axe finds nothing in %s', async (width, size) => {
    const page = await openAs('Alice', size);
    const faults = async (where: string) => (await axe(page)).map((fault) => `${where}: ${fault}`);
    const found = await faults('a channel');
    await page.goto(`${demo.url}/archives/app-home`);
    await page.getByRole('tabpanel', { name: 'Home' }).getByRole('button').first().waitFor();
    found.push(...(await faults('the Home')));
    await page.getByRole('button', { name: /demo/ }).click();
    found.push(...(await faults('the explanation')));
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Time/ }).click();
    found.push(...(await faults('the clock')));
    await page.keyboard.press('Escape');
    await page.goto(demo.url);
    const text = `A message to answer in ${width}`;
    await write(page, text);
    await message(page, text).focus();
    await message(page, text).getByRole('button', { name: 'Reply in thread' }).click();
    await page.getByRole('complementary', { name: 'Thread' }).getByRole('textbox').waitFor();
    found.push(...(await faults('a thread')));
    await page.getByRole('button', { name: 'Close thread' }).click();
    await write(page, '/incident declare');
    await page.getByRole('dialog').getByRole('button', { name: 'Declare' }).click();
    await page.getByText('Please complete this required field.').first().waitFor();
    found.push(...(await faults('a form with faults')));
    expect(found).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(size.width);
  });
});

/** What axe finds wrong with the page as it is, once everything stands still. */
async function axe(page: Page): Promise<string[]> {
  await page.evaluate('Promise.all(document.getAnimations().map((one) => one.finished))');
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResult>('axe.run()');
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' ; ')}`,
  );
}

interface AxeResult {
  violations: { id: string; help: string; nodes: { html: string }[] }[];
}
