import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MessageRow } from '../../demo/slack/records.ts';
import { type Journey, shown, startJourney, told } from '../support/journey.ts';

/** Only Alice reloads. What runs without a person is what everybody should look at twice. */
const RULES = `
permissions:
  ops.spec: { users: [alice] }
  duty.run: everyone
  duty.approve: everyone
`;
const COMMAND = `
targets:
  repo: { kind: repository, notConnected: Not on this machine. }
duties:
  - key: audit
    title: Dependency audit
    owner: payments
    when: { every: week, on: monday, at: "09:00" }
    run: { action: command.run, target: repo, argv: [npm, audit] }
`;

let journey: Journey;
let sound: string;
let id: string;
beforeAll(async () => {
  journey = await startJourney({ spec: (northwind) => northwind + RULES });
  sound = await readFile(journey.specFile, 'utf8');
  id = /INC-\d+/.exec(told(await journey.type('bob', '/incident declare SEV1 Checkout is down')))?.[0] ?? '';
  await journey.quiet();
});
afterAll(() => journey.stop());

const edit = (change: (spec: string) => string) => writeFile(journey.specFile, change(sound));
const card = () => journey.message(cardChannel, '*Owner*');
let cardChannel: string;

/** What Alice is told, as the message whose button she can click. */
async function asks(): Promise<MessageRow> {
  await journey.type('alice', '/ops spec reload');
  const [answer] = journey.slack.ephemerals('alice').slice(-1);
  if (answer === undefined) throw new Error('Alice was told nothing');
  return answer;
}

it('a reload says first what changes and what it will carry out by itself', async () => {
  cardChannel = await journey.room(id);
  expect(shown(await card())).toContain('SEV1 · Production outage');
  await edit((spec) => spec.replace('Production outage', 'Everything is down') + COMMAND);
  const preview = shown(await asks());
  expect(preview).toContain('Severity "SEV1": meaning changes from Production outage to Everything is down.');
  expect(preview).toContain('*Dependency audit*\n```command.run');
  expect(preview).toContain('argv "npm" "audit"');
  expect(shown(await card())).toContain('SEV1 · Production outage');
});

it('is refused to whoever may not, and for a file that is another one by then', async () => {
  expect(told(await journey.type('bob', '/ops spec reload'))).toBe(
    'You may not reload the operations spec. Ask Alice Moreau.',
  );
  const preview = await asks();
  await edit((spec) => spec.replace('Production outage', 'All is lost'));
  await journey.driver.as('alice').click(preview, 'ops.reload-spec');
  const anew = await journey.hears('alice', 'The file is not the one you were shown. Nothing was done');
  expect(shown(anew)).toContain('meaning changes from Production outage to All is lost');
  expect(shown(await card())).toContain('SEV1 · Production outage');
});

it('of a file with faults is answered with them, and what ran goes on', async () => {
  await edit((spec) => spec.replace('responseTime: 15m', 'responseTime: 15'));
  const answer = shown(await asks());
  expect(answer).toMatch(/operations\.yml:\d+:\d+: severities\.SEV1\.responseTime is wrong/);
  expect(answer).not.toContain('Put it into force');
  expect(shown(await card())).toContain('SEV1 · Production outage');
});

it('that was agreed to comes into force, and what is open says the new words', async () => {
  await edit((spec) => spec.replace('Production outage', 'Everything is down') + COMMAND);
  await journey.driver.as('alice').click(await asks(), 'ops.reload-spec');
  await journey.hears('alice', 'is in force, on record as `SPEC#2`');
  await journey.quiet();
  expect(shown(await card())).toContain('SEV1 · Everything is down');
  expect(shown(await asks())).toContain('There is nothing to reload.');
  const runs = told(await journey.type('bob', '/ops spec'));
  expect(runs).toMatch(/\*Northwind operations\* runs {2}· {2}`[0-9a-f]{12}`/);
  expect(runs).toContain(`by <@${journey.slack.users.alice}>  ·  \`SPEC#2\``);
  expect(runs).toContain('1 duty, 1 of them automated');
  expect(runs).toContain('• target *repo*: Not on this machine.');
  const history = told(await journey.type('bob', '/ops spec history'));
  expect(history.indexOf('SPEC#2')).toBeLessThan(history.indexOf('SPEC#1'));
  expect(history).toContain('meaning changes from Production outage to Everything is down.');
  expect(told(await journey.type('bob', '/ops spec history 1'))).toContain('the first on record');
  expect(told(await journey.type('bob', '/ops spec relaod'))).toContain('Did you mean `/ops spec reload`?');
  expect(await journey.kinds('SPEC')).toEqual(['spec.loaded', 'spec.loaded']);
});
