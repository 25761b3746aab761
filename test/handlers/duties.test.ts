import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ViewShape } from '../../demo/slack/payloads.ts';
import type { RunEvent } from '../../src/domain/duty/events.ts';
import type { DutyRun } from '../../src/domain/duty/run.ts';
import { runSubject, type StoredEvent } from '../../src/domain/event.ts';
import type { Duty } from '../../src/domain/spec/duty.ts';
import type { OperationsSpec } from '../../src/domain/spec/types.ts';
import { followRuns } from '../../src/usecases/duty/follow.ts';
import { planDuties } from '../../src/usecases/duty/plan.ts';
import { aDuty, specWith, when } from '../support/duty-spec.ts';
import type { PersonName } from '../support/emulate.ts';
import { type IncidentEdge, startIncidentEdge } from '../support/incident-edge.ts';
import { alice, bob, charlie, minutesLater, now } from '../support/incident-spec.ts';

let edge: IncidentEdge;
let spec: OperationsSpec;
beforeAll(async () => {
  edge = await startIncidentEdge({ userGroups: { dba: ['bob'] } });
});
afterAll(() => edge.stop());
afterEach(async () => {
  for (const person of ['alice', 'bob', 'charlie'] as const) {
    const left = edge.slack.modalOf(person);
    if (left !== undefined) await edge.driver.as(person).close(left, { all: true });
  }
});

type Answered = Awaited<ReturnType<ReturnType<IncidentEdge['driver']['as']>['slash']>>;

const told = (answer: Answered) => String((answer.body as { text?: string } | undefined)?.text);
/** All that an answer shows, its blocks included. */
const seen = (answer: Answered) => JSON.stringify(answer.body);
const type = (text: string, person: PersonName = 'alice') =>
  edge.driver.as(person).slash('/maintenance', text, { channel: 'general' });

const duties: Duty[] = [];

/** A duty of the database team (Alice's) that falls due now, as its run. */
async function due(duty: Partial<Duty> = {}): Promise<{ id: string; number: number }> {
  const key = `duty-${duties.length + 1}`;
  duties.push(aDuty({ key, when: when({ every: 'day', at: '15:00' }), ...duty }));
  specify({});
  const at = (instant: Date) => ({ store: edge.store, clock: { now: () => instant }, spec: { current: () => spec } });
  await planDuties(at(minutesLater(-60)));
  await planDuties(at(now));
  await followRuns(at(now));
  const [run] = await edge.store.runs({ duty: key }, 'soonest', 1);
  if (run === undefined) throw new Error(`${key} did not fall due`);
  return { id: runSubject(run.number), number: run.number };
}

function specify(change: Partial<OperationsSpec>): void {
  spec = { ...specWith(...duties), ...change };
  edge.specify(spec);
}

async function stateOf(number: number): Promise<DutyRun> {
  const run = await edge.store.run(number);
  if (run === null) throw new Error(`there is no RUN-${number}`);
  return run;
}

async function eventsOf(number: number): Promise<StoredEvent<RunEvent>[]> {
  const events: StoredEvent<RunEvent>[] = [];
  for await (const event of edge.store.runEvents(number)) events.push(event);
  return events;
}

const kindsOf = async (number: number) => (await eventsOf(number)).map(({ kind }) => kind);

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

/** The card as this person is shown it now. */
async function cardFor(person: PersonName, id: string) {
  await type(`show ${id}`, person);
  const card = edge.slack.ephemerals(person).at(-1);
  if (card === undefined) throw new Error(`${person} was shown nothing`);
  return card;
}

describe('before anything is due', () => {
  it('says so instead of asking which one', async () => {
    specify({});
    expect(told(await type('take'))).toBe('No duty is open. `/maintenance next` shows what comes.');
    expect(told(await type('next'))).toBe(':white_check_mark: Nothing is open.');
    expect(told(await type('history'))).toContain('Nothing has ended yet.');
    expect(edge.slack.modalOf('alice')).toBeUndefined();
  });
});

describe('what is typed', () => {
  it('is explained, and a word that is nearly right is guessed', async () => {
    const help = told(await type('help'));
    for (const verb of ['calendar', 'next', 'take', 'done', 'skip', 'snooze', 'cannot', 'history'])
      expect(help).toContain(`\`/maintenance ${verb}`);
    expect(told(await type('tkae RUN-1'))).toContain('Did you mean `/maintenance take`?');
    expect(told(await type('take the backups'))).toContain('"the backups" is no run. Write one such as `RUN-1`');
    expect(told(await type('take RUN-99999'))).toBe(
      'There is no RUN-99999. `/maintenance next` shows what is open and what comes.',
    );
    // A number that none can have is still a number, and never words about another run.
    for (const verb of ['take', 'done', 'history', 'skip'])
      expect(told(await type(`${verb} RUN-99999999999 All whole`))).toMatch(/There is no RUN-9{11}\.|"All whole"/);
    expect(told(await type('show RUN-99999999999'))).toContain('There is no RUN-99999999999.');
  });
});

describe('what falls due', () => {
  beforeAll(async () => {
    await due({ title: 'Key rotation', when: when({ every: 'day', at: '15:00' }) });
    duties.push(
      aDuty({
        key: 'drill',
        title: 'Restore drill',
        owner: 'platform',
        when: when({ every: 'week', on: 'monday', at: '10:00' }),
      }),
    );
    specify({});
  });

  it('is in the calendar, of all or of one team, for as long as one asks', async () => {
    const all = seen(await type('calendar'));
    expect(all).toContain('*Restore drill*  ·  Platform');
    expect(all).toContain('*Key rotation*  ·  Database team  ·  8 times');
    expect(seen(await type('calendar dba'))).not.toContain('Restore drill');
    expect(seen(await type('calendar platform 1'))).toContain('nothing falls due');
    expect(told(await type('calendar plattform'))).toContain('Did you mean `platform`?');
  });

  it('is told with what is open now', async () => {
    const next = seen(await type('next dba'));
    expect(next).toContain('Key rotation  ·  due since');
    expect(next).not.toContain('Restore drill');
    expect(seen(await type('next'))).toContain('*Restore drill*');
  });
});

describe('a run that is named', () => {
  let run: { id: string; number: number };
  beforeEach(async () => {
    run = await due();
  });

  it('is taken, and a repeated delivery of that is answered as the first', async () => {
    const first = await type(`take ${run.id}`);
    expect(told(first)).toMatch(new RegExp(`^\\*${run.id}\\* Backup verification is yours\\.`));
    expect((await edge.driver.duplicate(first)).body).toEqual(first.body);
    expect((await edge.driver.retry(first)).body).toEqual(first.body);
    expect(await stateOf(run.number)).toMatchObject({ takenBy: alice });
    expect((await kindsOf(run.number)).filter((kind) => kind === 'run.taken')).toHaveLength(1);
    expect(told(await type(`take ${run.id}`))).toBe(`You have ${run.id} already.`);
    expect(told(await type(`take ${run.id}`, 'bob'))).toContain('is yours');
  });

  it('is done with the words and links that prove it', async () => {
    expect(told(await type(`done ${run.id} All whole, see https://example.com/report`))).toBe(
      `:white_check_mark: *${run.id}* Backup verification is done.`,
    );
    expect((await stateOf(run.number)).end).toMatchObject({
      how: 'done',
      late: false,
      by: { kind: 'slack', user: alice },
      evidence: [{ kind: 'text' }, { kind: 'link', value: 'https://example.com/report' }],
    });
    expect(told(await type(`skip ${run.id} Too late`))).toBe(`${run.id} is already done.`);
    const history = seen(await type('history dba'));
    expect(history).toContain(`done by <@${alice}>`);
    expect(history).toContain('All whole, see <https://example.com/report>');
    expect(seen(await type(`history ${run.id}`))).toContain('the team was asked');
  });

  it('is done without evidence where none is required', async () => {
    expect(told(await type(`done ${run.id}`))).toContain('is done.');
  });

  it('is skipped for a reason, which a form asks for when it is missing', async () => {
    await type(`skip ${run.id}`);
    const empty = await edge.driver.as('alice').submit(formOf('alice'), { reason: '  ' });
    expect(empty.errors).toEqual({ reason: `Say why it is skipped: /maintenance skip ${run.id} <reason>.` });
    const answer = await edge.driver.as('alice').submit(formOf('alice'), { reason: 'The database moves' });
    expect(answer.body).toBeUndefined();
    expect((await stateOf(run.number)).end).toMatchObject({ how: 'skipped', reason: 'The database moves' });
  });

  it('is snoozed for a while or until a time of the speaker’s day, and stays due', async () => {
    expect(told(await type(`snooze ${run.id} 2h`))).toContain(`:zzz: You are reminded of *${run.id}*`);
    expect(await stateOf(run.number)).toMatchObject({ status: 'due', snooze: { until: '2026-11-21T16:00:00.000Z' } });
    await type(`snooze ${run.id} until 15:30`);
    expect((await stateOf(run.number)).snooze?.until).toBe('2026-11-21T14:30:00.000Z');
    expect(told(await type(`snooze ${run.id} tomorrow`))).toContain('"tomorrow" says no time.');
    expect(told(await type(`snooze ${run.id} 9d`))).toContain('counts as missed from');
  });

  it('is free again when somebody cannot, and the next contact is told', async () => {
    await type(`take ${run.id}`);
    expect(told(await type(`cannot ${run.id} My laptop is broken`))).toContain(
      `*${run.id}* Backup verification is free`,
    );
    expect(await stateOf(run.number)).toMatchObject({
      takenBy: null,
      told: [bob],
      cannot: { reason: 'My laptop is broken' },
    });
  });

  it('is waived in the name of who does it', async () => {
    await type(`waive ${run.id}`);
    const until = minutesLater(60 * 48);
    await edge.driver.as('alice').submit(formOf('alice'), { reason: 'Idle', until: until.getTime() / 1000 });
    expect((await stateOf(run.number)).end).toMatchObject({
      how: 'waived',
      approver: alice,
      until: until.toISOString(),
    });
  });
});

describe('where evidence is required', () => {
  let run: { id: string; number: number };
  beforeEach(async () => {
    run = await due({ evidence: 'required', evidenceKinds: ['link'] });
  });

  it('a form asks for it, and stays with a sentence at the field while it is missing or no link', async () => {
    await type(`done ${run.id}`);
    const person = edge.driver.as('alice');
    expect((await person.submit(formOf('alice'), { evidence: 'All whole' })).errors).toEqual({
      evidence: expect.stringContaining(`${run.id} is done only with evidence: a link.`),
    });
    expect((await person.submit(formOf('alice'), { link: 'my desk' })).errors).toEqual({
      link: '"my desk" is not a link; write one that begins with https://.',
    });
    expect((await stateOf(run.number)).status).toBe('due');
    await person.submit(formOf('alice'), { evidence: 'All whole', link: 'https://example.com/report' });
    expect((await stateOf(run.number)).end).toMatchObject({
      how: 'done',
      evidence: [{ kind: 'text' }, { kind: 'link' }],
    });
  });
});

describe('a run that is not named', () => {
  it('is chosen in a form, which goes on with what was typed', async () => {
    const { number } = await due();
    await due();
    await type('skip The database moves');
    const form = formOf('alice');
    expect(JSON.stringify(form.blocks)).toContain('"initial_value":"The database moves"');
    await edge.driver.as('alice').submit(form, { run: String(number) });
    expect((await stateOf(number)).end).toMatchObject({ how: 'skipped', reason: 'The database moves' });
  });

  it('is chosen where nothing else is to be asked, and the answer stands in place of the form', async () => {
    const { number, id } = await due();
    await due();
    await type('take', 'charlie');
    const taken = await edge.driver.as('charlie').submit(formOf('charlie'), { run: String(number) });
    expect(seen(taken)).toContain(`*${id}* Backup verification is yours`);
    expect(await stateOf(number)).toMatchObject({ takenBy: charlie });
    await type('show', 'charlie');
    // What Charlie took is offered first.
    expect(JSON.stringify(formOf('charlie').blocks)).toContain(`"options":[{"value":"${number}"`);
    const card = await edge.driver.as('charlie').submit(formOf('charlie'), { run: String(number) });
    expect(seen(card)).toContain('*Checklist*');
  });
});

describe('the card', () => {
  it('has buttons that do the same things, and an old one says what has become of it', async () => {
    const { number, id } = await due();
    const card = await cardFor('bob', id);
    const person = edge.driver.as('bob');
    await person.click(card, 'run.take');
    await hears('bob', `*${id}* Backup verification is yours`);
    await person.click(card, 'run.tick');
    await person.submit(formOf('bob'), { 'items-0': ['1'] });
    expect(await stateOf(number)).toMatchObject({ takenBy: bob, ticked: [1] });
    await person.click(card, 'run.snooze');
    await person.submit(formOf('bob'), {});
    expect((await stateOf(number)).snooze?.until).toBe('2026-11-21T15:00:00.000Z');
    await person.click(card, 'run.cannot');
    await person.submit(formOf('bob'), { reason: 'No access' });
    expect(await stateOf(number)).toMatchObject({ takenBy: null, cannot: { reason: 'No access' } });
    await person.click(card, 'run.done');
    await person.submit(formOf('bob'), { evidence: 'All whole' });
    expect((await stateOf(number)).status).toBe('done');
    await person.click(card, 'run.skip');
    await hears('bob', `${id} is already done.`);
    expect(edge.slack.modalOf('bob')).toBeUndefined();
  });
});

describe('permission', () => {
  const onlyBob = { teams: [], groups: [], users: [bob] };
  const refusals = async (number: number) =>
    (await eventsOf(number)).flatMap(({ body }) => (body?.kind === 'permission.refused' ? [body.verb] : []));

  it('of a duty’s own is refused with whom to ask, once, on the record of the run', async () => {
    const { number, id } = await due({ permission: onlyBob });
    const answer = await type(`take ${id}`);
    expect(told(answer)).toBe('You may not take or finish this duty. Ask Bob.');
    expect((await edge.driver.duplicate(answer)).body).toEqual(answer.body);
    expect(await refusals(number)).toEqual(['duty.work']);
    expect(told(await type(`take ${id}`, 'bob'))).toContain('is yours');
  });

  it('by a Slack user group lets in who is in it', async () => {
    const { id } = await due({ permission: { teams: [], groups: ['S0DBA'], users: [] } });
    expect(told(await type(`take ${id}`))).toBe('You may not take or finish this duty. Ask <!subteam^S0DBA>.');
    expect(told(await type(`take ${id}`, 'bob'))).toContain('is yours');
  });

  it('of the verb is refused by command and by form', async () => {
    const { number, id } = await due();
    const permissions = { ...spec.permissions, 'duty.skip': onlyBob, 'duty.waive': onlyBob };
    specify({ permissions });
    expect(told(await type(`skip ${id} No time`))).toBe('You may not skip duties. Ask Bob.');
    await type(`waive ${id}`);
    const waived = await edge.driver.as('alice').submit(formOf('alice'), { reason: 'No time' });
    expect(seen(waived)).toContain('You may not waive duties. Ask Bob.');
    expect(await refusals(number)).toEqual(['duty.skip', 'duty.waive']);
    expect((await stateOf(number)).status).toBe('due');
    expect(told(await type(`skip ${id} No time`, 'bob'))).toContain('is skipped');
  });
});

describe('App Home', () => {
  it('has the button that goes on with each, and answers over the page', async () => {
    const { id, number } = await due({ title: 'Vacuum' });
    await edge.driver.as('alice').openApp();
    const home = () => {
      const view = edge.slack.homeOf('alice');
      if (view === undefined) throw new Error('Alice has no Home');
      return view;
    };
    const blockOf = (view: ViewShape) =>
      view.blocks.find((block) => JSON.stringify(block).includes(`*${id}*`))?.block_id ?? '';
    await edge.driver.as('alice').click(home(), 'run.take', undefined, { block: blockOf(home()) });
    const over = () => JSON.stringify(edge.slack.modalOf('alice')?.blocks ?? []);
    await expect.poll(over).toContain(`*${id}* Vacuum is yours`);
    await edge.driver.as('alice').close(formOf('alice'));
    await edge.driver.as('alice').openApp();
    await edge.driver.as('alice').click(home(), 'run.done', undefined, { block: blockOf(home()) });
    await edge.driver.as('alice').submit(formOf('alice'), { evidence: 'No bloat left' });
    expect((await stateOf(number)).status).toBe('done');
  });

  it('shows what one has taken, what is free in one’s teams, and what comes', async () => {
    const { id } = await due({ title: 'Index check' });
    await type(`take ${id}`);
    await edge.driver.as('alice').openApp();
    const home = JSON.stringify(edge.slack.homeOf('alice'));
    expect(home).toContain('My duties');
    expect(home).toContain(`*${id}* Index check`);
    expect(home).toContain('Coming in the next 7 days');
    await edge.driver.as('charlie').openApp();
    expect(JSON.stringify(edge.slack.homeOf('charlie'))).not.toContain(id);
  });
});

describe('/ops duties', () => {
  const ops = (text: string, person: PersonName = 'alice') =>
    edge.driver.as(person).slash('/ops', text, { channel: 'general' });

  it('shows every duty with its owner, when, what comes and what came of it last; of one team alone', async () => {
    const { id } = await due({ title: 'Look at the certificates' });
    await due({ title: 'Look at the keys', owner: 'silent' });
    const all = seen(await ops('duties'));
    expect(all).toContain('*Look at the certificates*  ·  Database team  ·  asked');
    expect(all).toContain('Every day at 15:00 Europe/Paris  ·  next <!date');
    expect(all).toContain(`${id} due since <!date`);
    const silent = seen(await ops('duties silent'));
    expect(silent).toContain('Look at the keys');
    expect(silent).not.toContain('Look at the certificates');
    expect(told(await ops('duties silnt'))).toContain('Did you mean `silent`?');
  });

  it('goes on by a button', async () => {
    const duties = Array.from({ length: 13 }, (_, n) => aDuty({ key: `many-${n}`, title: `Duty ${n}` }));
    specify({ duties });
    await ops('duties', 'bob');
    const [page] = edge.slack.ephemerals('bob').slice(-1);
    if (page === undefined) throw new Error('Bob was shown nothing');
    await edge.driver.as('bob').click(page, 'ops.duties-page');
    await hears('bob', 'page 2 of 2');
  });
});
