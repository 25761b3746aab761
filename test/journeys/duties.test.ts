import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageRow } from '../../demo/slack/records.ts';
import { type Journey, shown, startJourney, told } from '../support/journey.ts';

/** The story begins on Saturday at 14:00 UTC. Alice and Bob are the team; Charlie hears first when something is late. */
const DUTIES = `
duties:
  - key: backups
    title: Backup verification
    when: { every: day, at: "16:00" }
    owner: payments
    grace: 2h
    announceBefore: 1h
    checklist: [Backups completed, Integrity checked]
    runbook: https://wiki.northwind.example/backups
    evidence: required
  - key: drill
    title: Restore drill
    when: { every: week, on: sunday, at: "10:00" }
    owner: payments
    grace: 2h
  - key: keys
    title: Key rotation
    when: { every: week, on: sunday, at: "10:00" }
    owner: payments
    grace: 2h
permissions:
  duty.skip: { users: [bob] }
`;
const HOUR = 60;

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({
    spec: (northwind) =>
      northwind.replace('members: [alice, bob] }', 'members: [alice, bob], escalation: [charlie, bob] }') + DUTIES,
  });
  await journey.minute();
});
afterAll(() => journey.stop());

/** Moves the clock by hours, and has the app do what it does each minute. */
async function pass(hours: number): Promise<void> {
  journey.later(hours * HOUR);
  await journey.minute();
}

/** The number of the newest run of a duty. */
async function runOf(duty: string): Promise<string> {
  const [row] = await journey.rows<{ number: number }>(
    'select number from "DutyRun" where duty = $1 order by "dueAt" desc limit 1',
    [duty],
  );
  if (row === undefined) throw new Error(`${duty} has no run`);
  return `RUN-${row.number}`;
}

const team = () => journey.slack.history('team-payments');
const about = (messages: readonly MessageRow[], words: string) => messages.filter((row) => shown(row).includes(words));
/** The one card of a run. */
function card(id: string): MessageRow {
  const [only, ...others] = team().filter((row) => shown(row).startsWith(`${id} `));
  if (only === undefined || others.length > 0)
    throw new Error(`${id} has ${only === undefined ? 'no card' : 'several'}`);
  return only;
}

describe('a duty that is done', () => {
  let id: string;

  it('is announced, and asked for with a card when it is due', async () => {
    await pass(0.5);
    expect(team()).toEqual([]);
    await pass(0.5);
    id = await runOf('backups');
    expect(shown(await journey.message('team-payments', `*${id}*`))).toMatch(
      /will be due <!date.* Payments answers for it\./,
    );
    await pass(1);
    expect(shown(card(id))).toContain('*Taken by*\nnobody yet');
    expect(shown(await journey.message('team-payments', ':clipboard: *'))).toContain('is due since');
  });

  it('is taken by a button, and the card shows by whom', async () => {
    await journey.driver.as('alice').click(card(id), 'run.take');
    await journey.hears('alice', `*${id}* Backup verification is yours.`);
    await journey.quiet();
    expect(shown(card(id))).toContain(`*Taken by*\n<@${journey.slack.users.alice}>`);
  });

  it('is done with evidence, which the card keeps', async () => {
    await journey.driver.as('alice').click(card(id), 'run.tick');
    await journey.driver.as('alice').submit(journey.form('alice'), { 'items-0': ['0', '1'] });
    await journey.driver.as('alice').click(card(id), 'run.done');
    const missing = await journey.driver.as('alice').submit(journey.form('alice'), {});
    expect(missing.errors?.['evidence']).toContain(`${id} is done only with evidence`);
    await journey.driver.as('alice').submit(journey.form('alice'), { evidence: 'All 12 backups are whole' });
    await journey.quiet();
    const done = shown(card(id));
    expect(done).toContain(`Done by <@${journey.slack.users.alice}>`);
    expect(done).toContain('2 of 2 steps ticked');
    expect(done).toContain('*Evidence*\nAll 12 backups are whole');
    expect(JSON.stringify(card(id))).not.toContain('action_id');
    expect(shown(await journey.message('team-payments', 'was due'))).toContain(': done by');
    expect(await journey.kinds(id)).toEqual([
      'run.planned',
      'run.announced',
      'run.due',
      'run.taken',
      'run.ticked',
      'run.done',
    ]);
    expect(shown((await journey.type('bob', '/maintenance history backups')).body as object)).toContain(
      'All 12 backups are whole',
    );
  });
});

describe('a duty that nobody does', () => {
  let drill: string;
  let keys: string;

  it('is late after its grace, and told to one contact after the other', async () => {
    // Sunday, 10:00.
    await pass(18);
    [drill, keys] = [await runOf('drill'), await runOf('keys')];
    await pass(2);
    expect(shown(await journey.message('team-payments', `*${drill}* Restore drill is late`))).toContain(
      'grace is over',
    );
    expect(shown(card(drill))).toContain(':warning: Late');
    const asked = about(journey.directs('charlie'), `*${drill}*`);
    expect(asked.map(shown)).toEqual([expect.stringContaining('is late and not done.')]);
    expect(about(journey.directs('bob'), `*${drill}*`)).toEqual([]);
    await pass(2);
    expect(about(journey.directs('bob'), `*${drill}*`)).toHaveLength(1);
    await pass(2);
    expect(about(journey.directs('charlie'), `*${drill}*`)).toHaveLength(1);
    expect(about(journey.directs('bob'), `*${drill}*`)).toHaveLength(1);
  });

  it('may be skipped only by who is allowed to, and a refusal is on the record', async () => {
    expect(told(await journey.type('alice', `/maintenance skip ${keys} No time`))).toBe(
      'You may not skip duties. Ask Bob Lindqvist.',
    );
    expect((await journey.kinds(keys)).at(-1)).toBe('permission.refused');
    await journey.driver.as('bob').click(card(keys), 'run.skip');
    await journey.driver.as('bob').submit(journey.form('bob'), { reason: 'The keys were rotated on Friday' });
    await journey.quiet();
    expect(shown(card(keys))).toContain(`Skipped by <@${journey.slack.users.bob}>: The keys were rotated on Friday`);
    expect((await journey.kinds(keys)).at(-1)).toBe('run.skipped');
  });

  it('is missed when the grace of its next one is over, and asked for anew', async () => {
    for (let day = 0; day < 7; day += 1) await pass(24);
    await journey.message('team-payments', `*${drill}* Restore drill was missed`);
    expect(shown(card(drill))).toContain(':x: Not done before the next one was due');
    const next = await runOf('drill');
    expect(next).not.toBe(drill);
    expect(shown(card(next))).toContain('*Taken by*\nnobody yet');
    expect(about(journey.directs('bob'), 'was missed').filter((row) => shown(row).includes(drill))).toHaveLength(1);
  });
});

describe('a duty that is put off', () => {
  it('reminds who snoozed it, with buttons, and is free again when they cannot', async () => {
    const id = await runOf('keys');
    await journey.type('alice', `/maintenance take ${id}`);
    await journey.type('alice', `/maintenance snooze ${id} 1h`);
    await pass(1);
    const [reminder] = about(journey.directs('alice'), 'You asked to be reminded');
    if (reminder === undefined) throw new Error('Alice was not reminded');
    await journey.driver.as('alice').click(reminder, 'run.cannot');
    await journey.driver.as('alice').submit(journey.form('alice'), { reason: 'My token is revoked' });
    await journey.quiet();
    expect(shown(await journey.message('team-payments', 'cannot do it: My token is revoked'))).toContain(
      'Somebody else is needed.',
    );
    const asked = about(journey.directs('charlie'), 'needs somebody else').concat(
      about(journey.directs('bob'), 'needs somebody else'),
    );
    expect(asked).toHaveLength(1);
  });
});
