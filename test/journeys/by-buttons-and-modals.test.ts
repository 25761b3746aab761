import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ViewShape } from '../../demo/slack/payloads.ts';
import type { MessageRow } from '../../demo/slack/records.ts';
import type { PersonName } from '../support/emulate.ts';
import { type Journey, shown, startJourney } from '../support/journey.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.stop());
afterEach(async () => {
  for (const person of ['alice', 'bob', 'charlie'] as const) {
    const left = journey.slack.modalOf(person);
    if (left !== undefined) await as(person).close(left, { all: true });
  }
});

const as = (person: PersonName) => journey.driver.as(person);

/** Presses a button that opens a form, fills it and sends it; gives the errors it came back with, if any. */
async function fill(
  person: PersonName,
  where: Parameters<ReturnType<typeof as>['click']>[0],
  button: string,
  answers: Parameters<ReturnType<typeof as>['submit']>[1],
) {
  await as(person).click(where, button);
  const { errors } = await as(person).submit(journey.form(person), answers);
  await journey.quiet();
  return errors;
}

/** Declares by the shortcut; resolves when everything about it is said. */
async function declared(person: PersonName, answers: { title: string; severity?: string }) {
  await as(person).shortcut('declare-incident');
  const { body } = await as(person).submit(journey.form(person), answers);
  await as(person).close(journey.form(person), { all: true });
  await journey.quiet();
  const id = /INC-\d+/.exec(shown(body as object))?.[0] ?? '';
  return { id, room: `${id} ${answers.title}`.toLowerCase().replaceAll(' ', '-') };
}

/** The pinned card, as it is now. */
function cardIn(room: string): MessageRow {
  const card = journey.slack.history(room).find(({ ts }) => journey.slack.pins(room).includes(ts));
  if (card === undefined) throw new Error(`Nothing is pinned in ${room}.`);
  return card;
}

describe('without typing a command', () => {
  it('an incident goes its whole way', async () => {
    const { slack } = journey;
    const { bob, charlie } = slack.users;

    await as('alice').shortcut('declare-incident');
    const declared = await as('alice').submit(journey.form('alice'), {
      title: 'Cards are refused',
      severity: 'SEV2',
      category: 'System outage',
      service: 'payments',
      description: 'Since the deploy at 14:55',
    });
    expect(shown(declared.body as object)).toContain('*INC-1* Cards are refused is declared as');
    await as('alice').close(journey.form('alice'));
    await journey.quiet();
    const room = 'inc-1-cards-are-refused';
    expect(slack.bookmarks(room).map(({ title, link }) => [title, link])).toEqual([
      ['Runbook', 'https://wiki.northwind.example/payments'],
      ['Dashboard', 'https://grafana.northwind.example/d/payments'],
    ]);
    const first = cardIn(room);
    expect(shown(first)).toContain('Since the deploy at 14:55');
    expect(shown(first)).toContain('System outage');

    await as('bob').click(first, 'incident.take');
    expect(shown(await journey.hears('bob', 'Owner of INC-1'))).toBe(`Owner of INC-1: <@${bob}>.`);
    await journey.quiet();
    await fill('bob', cardIn(room), 'incident.severity', { severity: 'SEV1', reason: 'No card works' });
    await fill('bob', cardIn(room), 'incident.owner', { owner: charlie });
    await fill('charlie', cardIn(room), 'incident.mitigate', { text: 'Switching the provider' });
    await fill('charlie', cardIn(room), 'incident.update', { text: 'Half of the cards work' });
    await fill('bob', cardIn(room), 'incident.note', { text: 'The provider had a certificate expire' });
    const message = await as('bob').say(room, 'Provider status page says 14:40');
    await as('bob').shortcut('add-to-timeline', { channel_id: slack.channel(room).channel_id, ts: message });
    await journey.hears('bob', 'The message is on the timeline of INC-1.');
    await as('alice').click(cardIn(room), 'incident.timeline');
    const timeline = shown(await journey.hears('alice', 'INC-1 Cards are refused'));
    expect(timeline).toContain(`<@${bob}>: Provider status page says 14:40`);
    expect(timeline).toContain(`<@${bob}> → <@${charlie}>`);
    await fill('charlie', cardIn(room), 'incident.resolve', { summary: 'Provider switched' });

    const summary = await journey.message('managers', 'INC-1 resolved');
    await as('charlie').click(summary, 'postmortem.draft');
    expect(shown(await journey.hears('charlie', 'Post-mortem of INC-1'))).toContain('Switching the provider');
    await fill('charlie', cardIn(room), 'incident.reopen', { reason: 'Refused again' });
    await fill('charlie', cardIn(room), 'incident.resolve', { summary: 'The certificate is renewed' });
    await fill('charlie', cardIn(room), 'postmortem.publish', { link: 'https://wiki.northwind.example/inc-1' });
    await as('charlie').click(cardIn(room), 'incident.close');
    await journey.hears('charlie', 'INC-1 is closed.');
    await journey.quiet();
    expect(cardIn(room).ts).toBe(first.ts);
    expect(shown(cardIn(room))).toContain('*Status*\nClosed');
    expect((await journey.kinds('INC-1')).slice(3)).toEqual(
      [
        ...['owner_set', 'severity_set', 'owner_set', 'mitigation_started', 'updated', 'noted', 'message_pinned'],
        ...['resolved', 'reopened', 'resolved', 'documented', 'closed'],
      ].map((kind) => `incident.${kind}`),
    );
  });

  it('a form that is wrong stays, with a sentence at the field', async () => {
    await as('alice').shortcut('declare-incident');
    expect((await as('alice').submit(journey.form('alice'), { title: '  ' })).errors).toEqual({
      title: 'Say in a few words what is wrong: /incident declare SEV2 Checkout is down.',
    });
    const { id, room } = await declared('alice', { title: 'Search is slow' });
    const wrong = (button: string, answers: Record<string, string | number>) =>
      fill('alice', cardIn(room), button, answers);

    const tomorrow = journey.now().getTime() / 1000 + 86_400;
    expect(await wrong('incident.note', { text: 'Index rebuilt', at: tomorrow })).toEqual({
      at: 'A note speaks of what has happened; that time has not come yet.',
    });
    expect(await wrong('incident.severity', { severity: 'SEV3' })).toBeUndefined();
    expect(await wrong('incident.severity', { severity: 'SEV3' })).toEqual({ severity: `${id} is already SEV3.` });
    expect(await wrong('incident.owner', { owner: journey.slack.users.alice })).toBeUndefined();
    expect(await wrong('incident.owner', { owner: journey.slack.users.alice })).toEqual({
      owner: `That person already owns ${id}.`,
    });
    expect(await wrong('incident.resolve', { summary: ' ' })).toEqual({
      summary: `Say in a sentence what ended it: /incident resolve ${id} <summary>.`,
    });
    expect(await wrong('incident.resolve', { summary: 'Index rebuilt' })).toBeUndefined();
    expect(shown(cardIn(room))).toContain('*Post-mortem*\nnot needed');
  });

  it('of two people who press at once one does it, and the other is told', async () => {
    const { id, room } = await declared('alice', { title: 'Mail is late', severity: 'SEV2' });
    for (const person of ['alice', 'bob'] as const) await as(person).click(cardIn(room), 'incident.resolve');
    const answers = await Promise.all([
      as('alice').submit(journey.form('alice'), { summary: 'Queue emptied' }),
      as('bob').submit(journey.form('bob'), { summary: 'Workers added' }),
    ]);
    const told = answers.filter(({ body }) => body !== undefined).map(({ body }) => shown(body as object));
    expect(told).toEqual([expect.stringContaining(`${id} is already resolved.`)]);
    await journey.quiet();
    expect((await journey.kinds(id)).filter((kind) => kind === 'incident.resolved')).toHaveLength(1);
  });

  it('App Home shows what is mine and what is open, and declares', async () => {
    await as('charlie').openApp();
    await as('charlie').click(journey.slack.homeOf('charlie') as ViewShape, 'incident.declare');
    const answer = await as('charlie').submit(journey.form('charlie'), { title: 'Printers are offline' });
    const id = /INC-\d+/.exec(shown(answer.body as object))?.[0];
    await journey.type('charlie', `/severity ${id} SEV3`);
    await journey.type('charlie', `/owner ${id} me`);
    await as('charlie').openApp();
    await as('bob').openApp();
    expect(shown(journey.slack.homeOf('charlie') as ViewShape)).toMatch(
      new RegExp(`^Declare an incident\nYours\n:large_yellow_circle: \\*${id}\\* Printers are offline`),
    );
    expect(shown(journey.slack.homeOf('bob') as ViewShape)).toMatch(
      new RegExp(`\nOpen incidents\n(?:.*\n)*.*\\*${id}\\* Printers are offline  ·  Assigned`),
    );
  });
});

describe('outside of an incident’s channel', () => {
  it('a verb asks which incident is meant and goes on with what was typed', async () => {
    const disk = await declared('alice', { title: 'Disk is full', severity: 'SEV3' });
    const login = await declared('alice', { title: 'Login loops', severity: 'SEV3' });
    await journey.type('bob', '/incident update Cleaning up', 'team-payments');
    await as('bob').submit(journey.form('bob'), { incident: disk.id.replace('INC-', '') });
    await journey.quiet();
    expect(shown(cardIn(disk.room))).toContain('Cleaning up');
    expect(shown(cardIn(login.room))).not.toContain('Cleaning up');
  });

  it('a message goes to the timeline that is chosen, once', async () => {
    const { id } = await declared('alice', { title: 'Disk is full again', severity: 'SEV3' });
    const ts = await as('alice').say('team-payments', 'Disk alarms since noon');
    const message = { channel_id: journey.slack.channel('team-payments').channel_id, ts };
    const add = async () => {
      await as('alice').shortcut('add-to-timeline', message);
      const answer = await as('alice').submit(journey.form('alice'), { incident: id.replace('INC-', '') });
      await as('alice').close(journey.form('alice'));
      return shown(answer.body as object);
    };
    expect(await add()).toContain(`The message is on the timeline of ${id}.`);
    expect(await add()).toContain(`You have already put this message on the timeline of ${id}.`);
  });
});
