import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageRow } from '../../demo/slack/records.ts';
import { createAuditLog } from '../../src/adapters/postgres/audit-log.ts';
import { openDatabase } from '../../src/adapters/postgres/client.ts';
import { verifyLog } from '../../src/usecases/audit/verify.ts';
import { type Journey, shown, startJourney, told } from '../support/journey.ts';

/** The story begins on Saturday at 14:00 UTC. Alice and Bob are the payments team; Alice and Charlie may agree to work on it. */
const WINDOWS = `
windows:
  - key: database
    title: Work on the database
    when: as needed
    typical: 1h
    affects: [checkout]
    owner: payments
    announce: [incidents]
    approval: { users: [alice, charlie] }
  - key: patching
    title: Weekly patching
    when: { every: week, on: monday, at: "02:00" }
    duration: 2h
    affects: [payments]
    owner: payments
    announce: [ops]
permissions:
  window.cancel: { users: [bob] }
`;

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ spec: (northwind) => northwind + WINDOWS });
  await journey.minute();
});
afterAll(() => journey.stop());

/** Moves the clock to an instant, and has the app do what it does each minute. */
async function at(instant: string): Promise<void> {
  journey.later((Date.parse(instant) - journey.now().getTime()) / 60_000);
  await journey.minute();
}

const about = (messages: readonly MessageRow[], words: string) => messages.filter((row) => shown(row).includes(words));
const linesIn = (channel: string, id: string) =>
  about(journey.slack.history(channel), `*${id}*`).map((row) => shown(row).split('\n')[0]);
/** The one card of a window. */
function card(id: string): MessageRow {
  const found = about(journey.slack.history('team-payments'), '*Affects*').filter((row) =>
    shown(row).startsWith(`${id} `),
  );
  const [only, ...others] = found;
  if (only === undefined || others.length > 0) throw new Error(`${id} has ${found.length} cards`);
  return only;
}

describe('a window that is planned', () => {
  it('begins with a form filled with whatever was typed, the time in the zone of who typed it', async () => {
    await journey.type('alice', '/maintenance plan checkout on 2026-11-30 02:30 for 3h Move the database');
    const form = journey.form('alice');
    const written = JSON.stringify(form);
    expect(written).toContain('"initial_value":"Move the database"');
    expect(written).toContain('"initial_value":"3h"');
    expect(written).toContain(`"initial_date_time":${Date.parse('2026-11-30T01:30:00Z') / 1000}`);
    expect(written).toContain('"initial_options":[{"value":"checkout"');
    const missing = await journey.driver.as('alice').submit(form, { reason: '  ', length: 'soon' });
    expect(missing.errors).toEqual({ reason: 'Say why it is done.' });
    const wrong = await journey.driver.as('alice').submit(form, { reason: 'The disk is old', length: 'soon' });
    expect(wrong.errors).toEqual({ length: '"soon" is no length of time; write it as 2h or 1h30m.' });
  });

  it('warns of what is long or overlaps, and waits for somebody else to agree', async () => {
    await journey.driver.as('alice').submit(journey.form('alice'), {
      kind: 'database',
      length: '3h',
      reason: 'The disk is old',
      risk: 'Checkout is slow for a minute',
      rollback: 'Move it back',
      checklist: '- Copy\n- Switch over\n- Compare',
      'services-0': ['checkout', 'payments'],
    });
    const answer = shown(journey.form('alice'));
    expect(answer).toMatch(/^:calendar: \*WIN-1\* Move the database is planned, <!date/);
    expect(answer).toContain('It waits for approval by somebody else');
    expect(answer).toContain('Longer than usual: such work takes 1 h.');
    expect(answer).toContain('Overlaps Weekly patching');
    await journey.driver.as('alice').close(journey.form('alice'), { all: true });
    await journey.quiet();
    expect(shown(card('WIN-1'))).toContain('*State*\n:calendar: Waits for approval');
    expect(shown(card('WIN-1'))).toContain(':white_large_square: Switch over');
    expect(linesIn('incidents', 'WIN-1')).toEqual([]);
    expect(about(journey.directs('alice'), 'WIN-1')).toEqual([]);
  });

  it('is not approved by who planned it, nor begun before', async () => {
    expect(told(await journey.type('alice', '/maintenance approve WIN-1'))).toBe(
      'You planned WIN-1 yourself: somebody else has to agree to it.',
    );
    expect(told(await journey.type('bob', '/maintenance approve WIN-1'))).toBe(
      'You may not approve this maintenance window. Ask Alice Moreau, or Charlie Okafor.',
    );
    expect(told(await journey.type('alice', '/maintenance start WIN-1'))).toContain(
      'WIN-1 begins only when somebody has agreed to it',
    );
    const [asked] = about(journey.directs('charlie'), 'asks you to agree to *WIN-1*');
    if (asked === undefined) throw new Error('Charlie was not asked');
    await journey.driver.as('charlie').click(asked, 'window.approve');
    await journey.quiet();
    expect(shown(card('WIN-1'))).toContain(`*Approval*\nby <@${journey.slack.users.charlie}>`);
  });
});

describe('its announcements', () => {
  it('come a week, a day and a quarter of an hour ahead, each once, where those are who are affected', async () => {
    await at('2026-11-23T01:29:00Z');
    expect(linesIn('incidents', 'WIN-1')).toEqual([]);
    await at('2026-11-23T01:30:00Z');
    await journey.minute();
    expect(linesIn('incidents', 'WIN-1')).toEqual([':mega: *Maintenance*  *WIN-1* Move the database']);
    await at('2026-11-29T01:30:00Z');
    await at('2026-11-29T01:31:00Z');
    expect(linesIn('incidents', 'WIN-1').slice(1)).toEqual([expect.stringContaining(':mega: *WIN-1*')]);
    await at('2026-11-30T01:15:00Z');
    await journey.minute();
    expect(linesIn('incidents', 'WIN-1')).toHaveLength(3);
    expect(about(journey.slack.history('team-payments'), ':mega: *WIN-1*')).toHaveLength(3);
  });

  it('say that it has begun, that it ends, that it takes longer, that it is over its time and that it ended', async () => {
    await at('2026-11-30T01:25:00Z');
    await journey.driver.as('alice').click(card('WIN-1'), 'window.start');
    await journey.hears('alice', '*WIN-1* Move the database has begun');
    await at('2026-11-30T01:30:00Z');
    await at('2026-11-30T04:20:00Z');
    expect(told(await journey.type('bob', '/maintenance extend WIN-1 until 00:25 The index is slow'))).toContain(
      'ends',
    );
    await at('2026-11-30T05:15:00Z');
    await at('2026-11-30T05:25:00Z');
    await at('2026-11-30T05:35:00Z');
    expect(shown(card('WIN-1'))).toContain(':warning: Under way, over its time since');
    await journey.driver.as('alice').click(card('WIN-1'), 'window.end');
    await journey.quiet();
    const signs = linesIn('incidents', 'WIN-1').map((line) => /^:\w+:/.exec(line ?? '')?.[0]);
    expect(signs.slice(3)).toEqual([
      ':construction:',
      ':hourglass_flowing_sand:',
      ':arrow_right:',
      ':hourglass_flowing_sand:',
      ':warning:',
      ':white_check_mark:',
    ]);
    expect(linesIn('incidents', 'WIN-1')[0]).toBe(':white_check_mark: *Maintenance*  *WIN-1* Move the database');
    expect(shown(card('WIN-1'))).toContain(', 10 min after its planned end');
  });
});

describe('at its end', () => {
  it('who led it is asked what was done, reminded once, and the team is told', async () => {
    const asked = () => about(journey.directs('alice'), '*WIN-1*').map((row) => shown(row).split(' ')[0]);
    expect(asked()).toEqual([':white_check_mark:']);
    await at('2026-12-01T05:35:00Z');
    await at('2026-12-02T05:35:00Z');
    expect(asked()).toEqual([':white_check_mark:', ':alarm_clock:']);
    const [question] = about(journey.directs('alice'), '*WIN-1*');
    if (question === undefined) throw new Error('Alice was not asked');
    await journey.driver.as('alice').click(question, 'window.report');
    await journey.driver.as('alice').submit(journey.form('alice'), {
      done: 'Moved to the new disk',
      'items-0': ['0', '1'],
      documents: 'The runbook of checkout',
      learned: 'Build the index before',
    });
    await journey.quiet();
    expect(shown(await journey.message('team-payments', 'says what was done'))).toContain(
      '*Learned*  Build the index before',
    );
    expect(shown(card('WIN-1'))).toContain(':white_check_mark: Switch over\n:white_large_square: Compare');
  });

  it('it is its own record', async () => {
    const info = shown((await journey.type('bob', '/maintenance info WIN-1')).body as object);
    for (const words of ['planned by', 'approved by', 'announced, 7 d ahead', 'extended by', 'over its time', '#15'])
      expect(info).toContain(words);
    expect(await journey.kinds('WIN-1')).toEqual([
      'window.planned',
      'permission.refused',
      'window.approved',
      'window.announced',
      'window.announced',
      'window.announced',
      'window.started',
      'window.ending',
      'window.extended',
      'window.ending',
      'window.overran',
      'window.looked_again',
      'window.ended',
      'window.reminded',
      'window.reported',
    ]);
  });
});

describe('a window of the spec', () => {
  it('comes by itself, begins and ends by itself, and its team is asked', async () => {
    const [row] = await journey.rows<{ number: number }>(
      `select number from "Window" where "startsAt" = '2026-11-23T02:00:00Z'`,
    );
    const id = `WIN-${row?.number}`;
    const signs = linesIn('ops', id).map((line) => /^:\w+:/.exec(line ?? '')?.[0]);
    expect(signs).toEqual([':white_check_mark:', ':white_check_mark:']);
    const asked = about(journey.slack.history('team-payments'), 'What was done, which documents change');
    expect(about(asked, `*${id}*`).map((row) => shown(row).split(' ')[0])).toEqual([
      ':white_check_mark:',
      ':alarm_clock:',
    ]);
  });

  it('is seen in App Home and in the list, and cancelled only by who may', async () => {
    await at('2026-12-06T02:00:00Z');
    await journey.driver.as('alice').openApp();
    const home = JSON.stringify(journey.slack.homeOf('alice'));
    expect(home).toContain('Maintenance windows');
    const [row] = await journey.rows<{ number: number }>(
      `select number from "Window" where "startsAt" = '2026-12-07T02:00:00Z'`,
    );
    const id = `WIN-${row?.number}`;
    expect(home).toContain(`*${id}* Weekly patching`);
    expect(shown((await journey.type('alice', '/maintenance list')).body as object)).toContain(
      `*${id}* Weekly patching`,
    );
    expect(told(await journey.type('alice', `/maintenance cancel ${id} Freeze`))).toBe(
      'You may not cancel maintenance windows. Ask Bob Lindqvist.',
    );
    await journey.type('bob', `/maintenance cancel ${id} Freeze`);
    await journey.quiet();
    expect(shown(await journey.message('ops', 'does not take place'))).toContain('Freeze');
    await at('2026-12-07T05:00:00Z');
    expect((await journey.kinds(id)).at(-1)).toBe('window.cancelled');
  });

  it('leaves a log that verifies, its states included', async () => {
    const database = openDatabase(journey.databaseUrl);
    const log = createAuditLog(database, { enqueue: async () => {} });
    expect((await verifyLog({ log, published: null })).faults).toEqual([]);
    await database.pool.query(`update "Window" set "endsAt" = now() where number = 1`);
    expect((await verifyLog({ log, published: null })).faults.map(({ sentence }) => sentence)).toEqual([
      'The row of WIN-1 was altered: its column endsAt is not what its state says.',
    ]);
    await database.close();
  });
});
