import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ViewShape } from '../../demo/slack/payloads.ts';
import { ACCESS_SUBJECT, incidentSubject } from '../../src/domain/event.ts';
import type { Incident } from '../../src/domain/incident/state.ts';
import type { PersonName } from '../support/emulate.ts';
import { type IncidentEdge, startIncidentEdge } from '../support/incident-edge.ts';
import { alice, bob, incidentSpec } from '../support/incident-spec.ts';

let edge: IncidentEdge;
beforeAll(async () => {
  edge = await startIncidentEdge();
});
afterAll(() => edge.stop());
afterEach(async () => {
  edge.specify({});
  for (const person of ['alice', 'bob', 'charlie'] as const) {
    const left = edge.slack.modalOf(person);
    if (left !== undefined) await edge.driver.as(person).close(left, { all: true });
  }
});

type Answered = Awaited<ReturnType<ReturnType<IncidentEdge['driver']['as']>['slash']>>;

const told = (answer: Answered) => String((answer.body as { text?: string } | undefined)?.text);
const type = (text: string, channel = 'general', person: PersonName = 'alice') => {
  const [command = '', ...rest] = text.split(' ');
  return edge.driver.as(person).slash(command, rest.join(' '), { channel });
};

/** Declares one and gives its number. */
async function declared(title: string, severity = 'sev2'): Promise<number> {
  return Number(/INC-(\d+)/.exec(told(await type(`/incident declare ${severity} ${title}`)))?.[1]);
}

async function stateOf(number: number): Promise<Incident> {
  const incident = await edge.store.incident(number);
  if (incident === null) throw new Error(`there is no INC-${number}`);
  return incident;
}

async function kindsIn(subject: string): Promise<string[]> {
  const kinds: string[] = [];
  for await (const event of edge.store.events(subject)) kinds.push(event.kind);
  return kinds;
}

/** The form this person sees now. */
function formOf(person: PersonName): ViewShape {
  const view = edge.slack.modalOf(person);
  if (view === undefined) throw new Error(`${person} sees no modal`);
  return view;
}

/** Resolves when this person was privately told this: the answer to a click follows its acknowledgement. */
async function hears(person: PersonName, words: string): Promise<void> {
  const texts = () => edge.slack.ephemerals(person).map(({ text }) => text);
  await expect.poll(texts).toContainEqual(expect.stringContaining(words));
}

/** What somebody sees who is shown something in place of a form. */
const shown = (answer: Answered) => JSON.stringify((answer.body as { view?: unknown }).view);

describe('before there is any incident', () => {
  it('says so instead of asking which one', async () => {
    expect(told(await type('/incident update All good'))).toBe('No incident is open. `/incident declare` opens one.');
    expect(told(await type('/incident show'))).toContain('There has been no incident yet.');
    expect(told(await type('/incident reopen It is back'))).toContain('No incident has been resolved yet');
    expect(edge.slack.modalOf('alice')).toBeUndefined();
  });
});

describe('declaring', () => {
  it('answers a command with the number, and a repeated delivery of it with the same one', async () => {
    const before = (await edge.store.incidents('all', 100)).length;
    const first = await type('/incident declare sev2 Checkout is down');
    const again = await edge.driver.duplicate(first);
    const retried = await edge.driver.retry(first);
    expect(told(first)).toMatch(
      /^:rotating_light: \*INC-\d+\* Checkout is down is declared as :large_orange_circle: \*SEV2\*/,
    );
    expect([again.body, retried.body]).toEqual([first.body, first.body]);
    const all = await edge.store.incidents('all', 100);
    expect(all.length).toBe(before + 1);
    expect(all[0]).toMatchObject({
      title: 'Checkout is down',
      severity: 'SEV2',
      origin: edge.slack.channels['general'],
    });
  });

  it('opens the form with what was typed, and declares what it holds', async () => {
    expect(await type('/incident declare sev1', 'ops')).toMatchObject({ status: 200, body: undefined });
    const form = formOf('alice');
    expect(JSON.stringify(form.blocks)).toContain('"initial_option":{"value":"SEV1"');
    const answer = await edge.driver
      .as('alice')
      .submit(form, { title: 'Search is slow', service: 'checkout', description: 'Since noon' });
    expect(shown(answer)).toMatch(/\*INC-\d+\* Search is slow is declared as :red_circle: \*SEV1\*/);
    expect((await edge.store.incidents('open', 1))[0]).toMatchObject({
      title: 'Search is slow',
      severity: 'SEV1',
      service: 'checkout',
      description: 'Since noon',
      origin: edge.slack.channels['ops'],
    });
  });

  it('keeps the form with a sentence at the field that is wrong', async () => {
    await type('/incident declare');
    const answer = await edge.driver.as('alice').submit(formOf('alice'), { title: '   ' });
    expect(answer.errors).toEqual({
      title: 'Say in a few words what is wrong: /incident declare SEV2 Checkout is down.',
    });
  });

  it('says which word is no severity', async () => {
    expect(told(await type('/incident declare sev7 Checkout is down'))).toContain(
      '"sev7" is not a severity. Write SEV1, SEV2, SEV3 or SEV4.',
    );
  });

  it('opens from the shortcut, which has no channel', async () => {
    await edge.driver.as('bob').shortcut('declare-incident');
    await edge.driver.as('bob').submit(formOf('bob'), { title: 'From anywhere' });
    expect((await edge.store.incidents('open', 1))[0]).toMatchObject({ title: 'From anywhere', origin: null });
  });

  it('keeps the words as they were typed and escapes them where they are shown', async () => {
    const answer = await type('/incident declare sev3 Latency > 2s & <!channel> rising');
    expect(told(answer)).toContain('Latency &gt; 2s &amp; @channel rising');
    expect((await edge.store.incidents('open', 1))[0]?.title).toBe('Latency > 2s & <!channel> rising');
  });
});

describe('in the channel of an incident', () => {
  let number: number;
  beforeAll(async () => {
    number = await declared('Payments fail');
    await edge.giveChannel(number, 'team-payments');
  });
  const here = (text: string, person: PersonName = 'alice') => type(text, 'team-payments', person);

  it('does each thing without being told which incident is meant', async () => {
    expect(told(await here('/severity SEV1 every card is refused'))).toBe(
      `Severity of INC-${number}: SEV2 → :red_circle: *SEV1*.`,
    );
    expect(told(await here('/owner @bob'))).toBe(`Owner of INC-${number}: <@${bob}>.`);
    expect(told(await here('/owner me'))).toBe(`Owner of INC-${number}: <@${alice}>.`);
    expect(told(await here('/incident mitigate Rolling back'))).toBe(`INC-${number} is being mitigated.`);
    expect(told(await here('/incident update Half of the cards work'))).toMatch(
      new RegExp(`^Update on INC-${number} posted\\. The next one is due <!date`),
    );
    expect(told(await here('/incident note at 14:05 Error rate began to rise'))).toBe(
      `Noted on the timeline of INC-${number}.`,
    );
    expect(await stateOf(number)).toMatchObject({ status: 'mitigating', severity: 'SEV1', owner: alice });
  });

  it('asks for the words that are missing, in a form about this incident', async () => {
    await here('/incident update');
    expect(formOf('alice')['private_metadata']).toBe(JSON.stringify({ incident: number }));
    const answer = await edge.driver.as('alice').submit(formOf('alice'), { text: 'Two thirds of the cards work' });
    expect(answer.body).toBeUndefined();
    expect((await stateOf(number)).lastUpdate).toMatchObject({ text: 'Two thirds of the cards work' });
  });

  it('shows the card, whose buttons do the same things', async () => {
    await here('/incident show', 'bob');
    const [card] = edge.slack.ephemerals('bob').slice(-1);
    if (card === undefined) throw new Error('Bob was shown nothing');
    await edge.driver.as('bob').click(card, 'incident.timeline');
    await hears('bob', `Timeline of INC-${number}`);
    const clicked = await edge.driver.as('bob').click(card, 'incident.resolve');
    expect(clicked).toMatchObject({ status: 200, body: undefined });
    await edge.driver.as('bob').submit(formOf('bob'), { summary: 'Rolled back' });
    expect(await stateOf(number)).toMatchObject({ status: 'resolved', resolution: 'Rolled back' });
    // The card Bob still sees is old now: its button says so instead of opening a form that would be refused.
    await edge.driver.as('bob').click(card, 'incident.update');
    await hears('bob', `INC-${number} is resolved. If the trouble is back`);
    expect(edge.slack.modalOf('bob')).toBeUndefined();
  });

  it('drafts, settles and closes', async () => {
    const draft = await here('/postmortem draft');
    expect(JSON.stringify(draft.body)).toContain('Payments fail');
    expect(told(await here('/incident close'))).toContain('post-mortem');
    expect(told(await here('/postmortem publish https://wiki.example.com/42'))).toContain('is published');
    // A number that is passed over would close this one.
    expect(told(await here('/incident close 7'))).toMatch(/^"7" names no incident\. .*Did you mean INC-7\?$/);
    expect(told(await here('/incident close'))).toBe(`:lock: INC-${number} is closed.`);
    expect(told(await here('/incident reopen It is back'))).toBe(`INC-${number} is open again and being mitigated.`);
  });
});

describe('outside the channel of an incident', () => {
  let number: number;
  beforeEach(async () => {
    number = await declared('Mail is late', 'sev3');
  });

  it('works on the incident that is named', async () => {
    expect(told(await type(`/severity INC-${number} SEV2`))).toContain(`INC-${number}: SEV3 → `);
    expect(told(await type(`/severity inc${number} SEV4 fewer people than thought`))).toContain('*SEV4*');
    expect(told(await type('/severity INC-99999 SEV2'))).toContain('There is no INC-99999.');
  });

  it('asks which one is meant and goes on with what was typed', async () => {
    await type('/severity SEV1 nobody gets mail');
    const form = formOf('alice');
    expect(JSON.stringify(form.blocks)).toContain('"initial_value":"nobody gets mail"');
    await edge.driver.as('alice').submit(form, { incident: String(number) });
    expect(await stateOf(number)).toMatchObject({ severity: 'SEV1' });

    await type('/incident note at 13:30 The queue began to grow');
    await edge.driver.as('alice').submit(formOf('alice'), { incident: String(number) });
    const notes = [];
    for await (const event of edge.store.events(incidentSubject(number))) {
      if (event.kind === 'incident.noted') notes.push(event);
    }
    expect(notes).toMatchObject([
      { occurredAt: new Date('2026-11-21T12:30:00Z'), body: { text: 'The queue began to grow' } },
    ]);
  });

  it('asks which one is meant where there are no words to ask for', async () => {
    await type('/incident timeline');
    const timeline = await edge.driver.as('alice').submit(formOf('alice'), { incident: String(number) });
    expect(shown(timeline)).toContain('declared *Mail is late*');

    await type(`/incident resolve INC-${number} Queue is empty`);
    await type('/incident close');
    const closed = await edge.driver.as('alice').submit(formOf('alice'), { incident: String(number) });
    expect(shown(closed)).toContain(`INC-${number} is closed.`);
  });

  it('shows a refusal that belongs to no field in place of the form', async () => {
    await type('/incident mitigate Adding workers');
    await type(`/incident resolve INC-${number} Queue is empty`, 'general', 'bob');
    // Alice had opened nothing: naming the incident was all that was missing.
    const answer = await edge.driver.as('alice').submit(formOf('alice'), { incident: String(number) });
    expect(shown(answer)).toContain(`INC-${number} is resolved.`);
  });
});

describe('permission', () => {
  const onlyBob = { teams: [], groups: [], users: [bob] };

  it('is refused with whom to ask, and the refusal is on the incident’s record', async () => {
    const number = await declared('Disk is full');
    edge.specify({ permissions: { ...incidentSpec.permissions, 'incident.resolve': onlyBob } });
    const answer = await type(`/incident resolve INC-${number} Deleted logs`);
    expect(told(answer)).toBe('You may not resolve incidents. Ask Bob.');
    expect((await edge.driver.duplicate(answer)).body).toEqual(answer.body);
    expect((await kindsIn(incidentSubject(number))).filter((kind) => kind === 'permission.refused')).toHaveLength(1);
    expect(told(await type(`/incident resolve INC-${number} Deleted logs`, 'general', 'bob'))).toContain('is resolved');
  });

  it('is refused on record also where it concerns no incident', async () => {
    edge.specify({
      permissions: { ...incidentSpec.permissions, 'incident.declare': onlyBob, 'ops.queue': onlyBob },
    });
    const before = (await kindsIn(ACCESS_SUBJECT)).length;
    await type('/incident declare sev2 Nothing at all');
    await type('/ops queue');
    expect((await kindsIn(ACCESS_SUBJECT)).slice(before)).toEqual(['permission.refused', 'permission.refused']);
  });
});

describe('messages on the timeline', () => {
  let number: number;
  beforeAll(async () => {
    number = await declared('Login is slow');
    await edge.giveChannel(number, 'incidents');
  });

  it('come from a pushpin, also in a thread, and leave with it', async () => {
    const ts = await edge.slack.postAs('bob', 'incidents', 'Deployed 4.2.2 at noon');
    const reply = await edge.slack.postAs('bob', 'incidents', 'and rolled it back', ts);
    const person = edge.driver.as('alice');
    await person.react('incidents', ts, 'pushpin');
    await person.react('incidents', reply, 'pushpin');
    await person.react('incidents', ts, 'eyes');
    expect((await stateOf(number)).pinned).toMatchObject([
      { ts, by: [alice] },
      { ts: reply, by: [alice] },
    ]);
    await person.unreact('incidents', ts, 'pushpin');
    expect((await stateOf(number)).pinned).toMatchObject([{ ts: reply }]);
  });

  it('are recorded once however often Slack delivers the pushpin', async () => {
    const ts = await edge.slack.postAs('bob', 'incidents', 'Restarted the database');
    await edge.driver.as('alice').react('incidents', ts, 'pushpin');
    const delivered = edge.driver.events.at(-1);
    if (delivered === undefined) throw new Error('no event was sent');
    await edge.driver.retry(delivered);
    expect((await stateOf(number)).pinned.filter((pin) => pin.ts === ts)).toHaveLength(1);
    expect((await kindsIn(incidentSubject(number))).filter((kind) => kind === 'incident.message_pinned').length).toBe(
      3,
    );
  });

  it('are none of ours in other channels', async () => {
    const ts = await edge.slack.postAs('bob', 'general', 'Lunch?');
    await edge.driver.as('alice').react('general', ts, 'pushpin');
    expect(edge.driver.events.at(-1)?.status).toBe(200);
  });

  it('come from the message shortcut, from its own channel at once and from others after choosing', async () => {
    const channel_id = edge.slack.channels['incidents'] ?? '';
    const ts = await edge.slack.postAs('bob', 'incidents', 'The cache was cold');
    await edge.driver.as('alice').shortcut('add-to-timeline', { channel_id, ts });
    await hears('alice', `The message is on the timeline of INC-${number}.`);

    const elsewhere = await edge.slack.postAs('bob', 'general', 'Customers write about login');
    await edge.driver
      .as('alice')
      .shortcut('add-to-timeline', { channel_id: edge.slack.channels['general'] ?? '', ts: elsewhere });
    const picked = await edge.driver.as('alice').submit(formOf('alice'), { incident: String(number) });
    expect(shown(picked)).toContain(`The message is on the timeline of INC-${number}.`);
    expect((await stateOf(number)).pinned.map((pin) => pin.ts)).toEqual(expect.arrayContaining([ts, elsewhere]));
  });
});

describe('App Home', () => {
  it('shows what is open and declares', async () => {
    await declared('Home page is empty');
    await edge.driver.as('charlie').openApp();
    const home = edge.slack.homeOf('charlie');
    if (home === undefined) throw new Error('Charlie sees no home');
    expect(JSON.stringify(home.blocks)).toContain('Home page is empty');
    await edge.driver.as('charlie').click(home, 'incident.declare');
    expect(formOf('charlie')).toMatchObject({ callback_id: 'incident.declare' });
  });
});

describe('/ops queue', () => {
  it('shows what waits and what could not be said, and tries that again', async () => {
    const number = await declared('Queue test');
    const waiting = told(await type('/ops queue'));
    expect(waiting).toMatch(/^:incoming_envelope: \d+ waiting {2}· {2}0 undeliverable$/);
    await edge.database.pool.query(
      `update "Delivery" set status = 'undeliverable', error = 'is_archived', attempts = 1 where lane = $1`,
      [`incident:${number}`],
    );
    const answer = await type('/ops queue');
    expect(told(answer)).toContain('1 undeliverable');
    const reference = /`(D-\d+)` the channel of INC-/.exec(JSON.stringify(answer.body))?.[1] ?? '';
    const shownQueue = edge.slack.ephemerals('alice').at(-1);
    if (shownQueue === undefined) throw new Error('Alice was shown nothing');
    await edge.driver.as('alice').click(shownQueue, 'ops.retry');
    await hears('alice', `\`${reference}\` is tried again.`);
    expect(told(await type('/ops queue'))).toContain('0 undeliverable');
    expect(told(await type(`/ops retry ${reference}`))).toContain(`${reference} is not undeliverable`);
    expect(told(await type('/ops retry something'))).toContain('"something" is not a reference.');
  });
});
