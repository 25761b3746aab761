import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { statusRss } from '../../handlers/pages/status/rss.ts';
import type { StatusPage } from '../../src/domain/status/page.ts';
import { openBrowser, type TestBrowser } from '../support/browser.ts';
import { type Journey, startJourney } from '../support/journey.ts';

const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const PATIENCE = { timeout: 20_000, interval: 100 };

const withPage = (northwind: string) =>
  `${northwind
    .replace(
      'name: Checkout\n',
      'name: Checkout\n    public: { name: The shop, description: From the basket to the order. }\n',
    )
    .replace(
      'name: Payments\n    description: Cards',
      'name: Payments\n    public: { name: Paying }\n    description: Cards',
    )}
status: { public: true, title: Northwind status, description: How our shop is doing., support: "https://northwind.example/help" }
windows:
  - { key: disks, title: Swap the stolen disk, when: as needed, affects: [checkout], announceBefore: [7d], public: We move to faster disks. }
`;

let browser: TestBrowser;
let journey: Journey;
beforeAll(async () => {
  [browser, journey] = await Promise.all([openBrowser(), startJourney({ spec: withPage })]);
});
afterAll(async () => {
  await browser.close();
  await journey.stop();
});
afterEach(async () => {
  await browser.closePages();
  expect(browser.complaints()).toEqual([]);
});

const address = () => `${journey.app().url}/status`;
/** Resolves when the page says this. */
const says = (words: string) => expect.poll(async () => (await fetch(address())).text(), PATIENCE).toContain(words);
const silentOn = (words: string) =>
  expect.poll(async () => (await fetch(address())).text(), PATIENCE).not.toContain(words);

interface Feed {
  faults: number;
  items: string[][];
}
interface AxeResult {
  violations: { id: string; help: string; nodes: { html: string }[] }[];
}

async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResult>('axe.run()');
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' ; ')}`,
  );
}

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 800 };
const BACK = { light: 'rgb(246, 247, 249)', dark: 'rgb(17, 20, 23)' };
type Look = readonly [size: typeof PHONE, scheme: 'light' | 'dark'];
const SOME: readonly Look[] = [
  [PHONE, 'dark'],
  [DESK, 'light'],
];
const ALL: readonly Look[] = [...SOME, [PHONE, 'light'], [DESK, 'dark']];

/** On a phone and on a desk, light and dark: readable by everybody, and never wider than the screen. */
async function isForEverybody(looks: readonly Look[] = SOME): Promise<void> {
  for (const [size, colorScheme] of looks) {
    const page = await browser.newPage(size);
    await page.emulateMedia({ colorScheme });
    await page.goto(address());
    for (const more of await page.locator('summary').all()) await more.click();
    expect(await violationsOn(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(size.width);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(BACK[colorScheme]);
    await page.close();
  }
}

describe('the status page', () => {
  it('tells the story of an incident as far as it was written for everybody, to everybody', async () => {
    await says('The state of the services is not known');

    await journey.type('alice', '/incident declare sev1 Mallory deleted the ledger');
    await journey.quiet();
    const long = `Some payments fail. ${'Averyveryverylongwordwithoutanyspace'.repeat(6)} <b>bold</b>`;
    await journey.type('alice', `/incident public INC-1 ${long}`);
    const form = journey.form('alice');
    expect(JSON.stringify(form)).toContain('This will be visible to everybody');
    await journey.driver.as('alice').submit(form, { impact: 'outage', title: 'Payments fail' });
    await journey.quiet();
    await says('Payments fail');
    await isForEverybody(ALL);

    await journey.type('alice', '/incident resolve INC-1 Mallory is gone');
    await says('This incident has been resolved.');
    await isForEverybody();
    // Without MAINSTAY_BASE_URL there is no feed.
    expect((await fetch(`${address()}.rss`)).status).toBe(404);
    for (const end of ['', '.json']) {
      const sent = await (await fetch(`${address()}${end}`)).text();
      expect(sent).not.toMatch(/Mallory|INC-1|SEV1|U0ALICE/);
    }
  });

  it('tells of a maintenance window once it is announced, and while it is under way', async () => {
    await journey.type('bob', '/maintenance plan checkout 2026-11-23 10:00 2h Swap the stolen disk');
    await journey.driver.as('bob').submit(journey.form('bob'), { reason: 'It is stolen', kind: 'disks' });
    await journey.minute();
    await says('We move to faster disks.');
    await journey.type('bob', '/maintenance start WIN-1');
    await says('Maintenance of some services is under way');
    await isForEverybody();
    await journey.type('bob', '/maintenance end WIN-1');
    await silentOn('We move to faster disks.');
  });

  it('needs no script, and gives a feed that a parser of XML reads', async () => {
    const page = await browser.newPage({ width: 360, height: 740 }, { javaScriptEnabled: false });
    await page.goto(address());
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Northwind status');
    await page.getByText('What happened').click();
    expect(await page.getByText('This incident has been resolved.').isVisible()).toBe(true);

    const told = (await (await fetch(`${address()}.json`)).json()) as StatusPage;
    const text = statusRss(told, 'https://status.example/status');
    const reader = await browser.newPage();
    const read = await reader.evaluate<Feed>(`(() => {
      const parsed = new DOMParser().parseFromString(${JSON.stringify(text)}, 'application/xml');
      const of = (item, name) => item.querySelector(name)?.textContent ?? '';
      return {
        faults: parsed.querySelectorAll('parsererror').length,
        items: [...parsed.querySelectorAll('rss[version="2.0"] > channel > item')].map((item) =>
          ['title', 'link', 'guid', 'pubDate'].map((name) => of(item, name)),
        ),
      };
    })()`);
    expect(read.faults).toBe(0);
    expect(read.items.map(([title]) => title)).toEqual(['Resolved: Payments fail', 'Investigating: Payments fail']);
    for (const [, link, guid, date = ''] of read.items) {
      expect(link).toMatch(/^https:\/\/status\.example\/status#incident-/);
      expect(guid).toContain('#incident-');
      expect(Number.isNaN(Date.parse(date))).toBe(false);
    }
  });
});
