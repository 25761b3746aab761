import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { freePort } from '../../../demo/slack/free-port.ts';
import { shown } from '../../support/journey.ts';
import { type MainstayProcess, startProcess } from '../../support/mainstay-process.ts';
import { type RealPrometheus, startPrometheus } from '../../support/prometheus.ts';
import { type RealAlertmanager, startAlertmanager } from '../../support/real-alertmanager.ts';
import { faultStage, patiently, SPEC_FILE, type Stage } from './stage.ts';

patiently();

/** What is not seen to at once is seen to in the next minute; with some room for a busy machine. */
const A_MINUTE = { timeout: 120_000, interval: 500 };
const SECRET = 'a-secret-of-the-hooks';

let stage: Stage;
let port: number;
let specFile: string;
let alertmanager: RealAlertmanager;
let prometheus: RealPrometheus;
let mainstay: MainstayProcess;

beforeAll(async () => {
  [stage, port] = await Promise.all([faultStage(), freePort()]);
  alertmanager = await startAlertmanager({ url: () => `http://127.0.0.1:${port}`, secret: SECRET });
  prometheus = await startPrometheus('CheckoutDown', { service: 'checkout' }, alertmanager.url);
  specFile = join(stage.home, 'spec.yml');
  const northwind = await readFile(SPEC_FILE, 'utf8');
  await writeFile(specFile, `${northwind}\ntargets:\n  pager: { kind: alertmanager, url: "${alertmanager.url}" }\n`);
  await begin();
});
afterAll(async () => {
  await mainstay.kill();
  await stage.stop();
  await prometheus.stop();
  await alertmanager.stop();
});

/** Mainstay as a process, at the address that Alertmanager knows. */
async function begin(): Promise<void> {
  const { slack, databaseUrl, home } = stage;
  mainstay = await startProcess({
    ...{ slack, databaseUrl, home, specFile },
    settings: { PORT: String(port), HOOK_SECRET: SECRET },
  });
  stage.instances.push(mainstay);
}

const type = (text: string) => stage.driver.as('alice').slash('/maintenance', text, { channel: 'ops' });
const said = (words: string) => stage.slack.history('team-payments').filter((row) => shown(row).includes(words));
/** Requests that Alertmanager has sent to Mainstay so far. */
const told = async () => {
  const text = await (await fetch(`${alertmanager.url}/metrics`)).text();
  return Number(/^alertmanager_notifications_total\{integration="webhook"\} (\d+)/m.exec(text)?.[1]);
};
const firing = async () => {
  const alerts = (await (await fetch(`${alertmanager.url}/api/v2/alerts`)).json()) as { status: { state: string } }[];
  return alerts.map(({ status }) => status.state);
};

it('alerts in and silences out, with kills in between: nothing lost, nothing doubled', async () => {
  prometheus.fires(true);
  await vi.waitUntil(() => said('CheckoutDown').length === 1, A_MINUTE);
  prometheus.fires(false);
  await vi.waitUntil(async () => (await firing()).length === 0, A_MINUTE);

  await type('plan checkout 2h Move the database');
  const form = stage.slack.modalOf('alice');
  if (form === undefined) throw new Error('no form was opened');
  await stage.driver.as('alice').submit(form, {
    startsAt: Math.floor(Date.now() / 1000),
    reason: 'The disk is full',
    shortNotice: 'It is full now',
  });
  const [silence] = await vi.waitUntil(async () => {
    const found = await alertmanager.silences();
    return found.length === 1 && found;
  }, A_MINUTE);
  expect(silence).toMatchObject({ createdBy: 'Mainstay', comment: expect.stringMatching(/^WIN-1 Move the database/) });

  const before = await told();
  prometheus.fires(true);
  await vi.waitUntil(async () => (await firing()).includes('suppressed'), A_MINUTE);
  // On the card of the window, as no webhook tells of it.
  await vi.waitUntil(() => said('1 alarm kept quiet').length === 1, A_MINUTE);
  expect(await told()).toBe(before);

  // Killed as soon as the extension is acknowledged: the silence may or may not have been moved by then.
  expect(await type('extend WIN-1 30m The index is slow')).toMatchObject({ status: 200 });
  stage.instances.length = 0;
  await mainstay.kill();
  await begin();
  await vi.waitUntil(async () => {
    const [one, ...others] = await alertmanager.silences();
    return (
      others.length === 0 &&
      one !== undefined &&
      Date.parse(one.endsAt) - Date.parse(silence?.endsAt ?? '') === 1_800_000
    );
  }, A_MINUTE);

  // A SIGKILL makes Alertmanager forget its silences, too: it gets this one again.
  await alertmanager.kill();
  await alertmanager.start();
  await vi.waitUntil(async () => (await alertmanager.silences()).length === 1, A_MINUTE);
  await vi.waitUntil(async () => (await firing()).includes('suppressed'), A_MINUTE);

  await type('end WIN-1');
  await vi.waitUntil(async () => (await alertmanager.silences()).length === 0, A_MINUTE);
  const [offer] = await vi.waitUntil(() => {
    const found = said('this still fails').filter((row) => !shown(row).includes('*Affects*'));
    return found.length > 0 && found;
  }, A_MINUTE);
  if (offer === undefined) throw new Error('nothing was offered');

  await stage.driver.as('alice').click(offer, 'window.declare');
  const declare = stage.slack.modalOf('alice');
  if (declare === undefined) throw new Error('no form was opened');
  await stage.driver.as('alice').submit(declare, {});
  const timeline = await stage.driver.as('alice').slash('/incident', 'timeline INC-1', { channel: 'ops' });
  expect(JSON.stringify(timeline.body)).toContain('was planned from');
  expect(JSON.stringify(timeline.body)).toContain('After WIN-1 still failed: CheckoutDown');
  await stage.settled();
  expect(said('this still fails').filter((row) => !shown(row).includes('*Affects*'))).toHaveLength(1);
  expect(await alertmanager.silences()).toEqual([]);
});
