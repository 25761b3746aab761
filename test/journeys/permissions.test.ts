import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonName } from '../support/emulate.ts';
import { type Journey, shown, startJourney, told } from '../support/journey.ts';

/** Alice and Bob are the team `payments`, Charlie the managers; the groups are Slack's. */
const RULES = `
permissions:
  incident.severity: { teams: [payments] }
  incident.update: { users: [alice, bob] }
  incident.resolve: { users: [bob] }
  incident.close: { groups: [S0ONCALL] }
  postmortem.waive: { teams: [managers] }
  ops.queue: { teams: [dba] }
`;
const DBA = '\n  dba: { name: Database, group: S0DBA }\n';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({
    spec: (northwind) => `${northwind.replace('\nteams:\n', `\nteams:${DBA}`)}${RULES}`,
    slack: { userGroups: { oncall: ['charlie'], dba: ['alice'] } },
  });
});
afterAll(() => journey.stop());

const EVERYBODY = ['alice', 'bob', 'charlie'] as const;

/** A mild incident, which needs no post-mortem, declared by Charlie. */
async function declared(): Promise<{ id: string; room: string }> {
  const id = /INC-\d+/.exec(told(await journey.type('charlie', '/incident declare sev4 Blue is too blue')))?.[0] ?? '';
  await journey.quiet();
  return { id, room: `${id.toLowerCase()}-blue-is-too-blue` };
}

const resolved = (id: string) => `/incident resolve ${id} Repainted`;

/** The refusals on record, as who and what. */
async function refusals(subject: string): Promise<string[]> {
  const rows = await journey.rows<{ user: string; verb: string }>(
    `select e.actor->>'user' as user, b.body->>'verb' as verb
       from "Event" e join "EventBody" b using (subject, seq)
      where e.subject = $1 and e.kind = 'permission.refused' order by seq`,
    [subject],
  );
  return rows.map(({ user, verb }) => `${user} ${verb}`);
}

describe('who may do what', () => {
  interface Rule {
    readonly verb: string;
    readonly may: readonly PersonName[];
    readonly refusal: string;
    typed(id: string): string;
    before?(id: string): string;
  }
  const RULED: readonly Rule[] = [
    {
      verb: 'incident.severity',
      may: ['alice', 'bob'],
      refusal: "You may not change an incident's severity. Ask team Payments.",
      typed: (id) => `/severity ${id} SEV3`,
    },
    {
      verb: 'incident.update',
      may: ['alice', 'bob'],
      refusal: 'You may not work on incidents. Ask Alice Moreau, or Bob Lindqvist.',
      typed: (id) => `/incident note ${id} Seen by customers`,
    },
    {
      verb: 'incident.resolve',
      may: ['bob'],
      refusal: 'You may not resolve incidents. Ask Bob Lindqvist.',
      typed: resolved,
    },
    {
      verb: 'incident.close',
      may: ['charlie'],
      refusal: 'You may not close incidents. Ask <!subteam^S0ONCALL>.',
      typed: (id) => `/incident close ${id}`,
      before: resolved,
    },
    {
      verb: 'postmortem.waive',
      may: ['charlie'],
      refusal: 'You may not waive post-mortems. Ask team Managers.',
      typed: (id) => `/postmortem waive ${id} It was only the colour`,
      before: resolved,
    },
    {
      verb: 'incident.owner',
      may: EVERYBODY,
      refusal: '',
      typed: (id) => `/owner ${id} me`,
    },
  ];

  it.each(RULED)('$verb', async ({ verb, may, refusal, typed, before }) => {
    for (const person of EVERYBODY) {
      const { id } = await declared();
      if (before !== undefined) await journey.type('bob', before(id));
      const answer = told(await journey.type(person, typed(id)));
      const mayNot = !may.includes(person);
      expect(mayNot ? answer : answer.includes('may not')).toBe(mayNot ? refusal : false);
      expect(await refusals(id)).toEqual(mayNot ? [`${journey.slack.users[person]} ${verb}`] : []);
    }
  });

  it('ops.queue, which concerns no incident', async () => {
    await journey.quiet();
    const answers = await Promise.all(EVERYBODY.map(async (person) => told(await journey.type(person, '/ops queue'))));
    expect(answers[0]).toContain('has been said');
    expect(answers.slice(1)).toEqual(Array(2).fill('You may not look at the queue. Ask team Database.'));
    const { bob, charlie } = journey.slack.users;
    expect((await refusals('ACCESS')).sort()).toEqual([`${bob} ops.queue`, `${charlie} ops.queue`].sort());
  });
});

describe('a refusal is answered and recorded', () => {
  it('in the form whose button anybody may press', async () => {
    const { id, room } = await declared();
    const charlie = journey.driver.as('charlie');
    const [ts = ''] = journey.slack.pins(room);
    await charlie.click({ channel_id: journey.slack.channel(room).channel_id, ts }, 'incident.resolve');
    const answer = await charlie.submit(journey.form('charlie'), { summary: 'Repainted' });
    expect(shown(answer.body as object)).toBe('You may not resolve incidents. Ask Bob Lindqvist.');
    await charlie.close(journey.form('charlie'));
    expect(await refusals(id)).toEqual([`${journey.slack.users.charlie} incident.resolve`]);
  });

  it('by the shortcut of a message, and for the incident that was picked', async () => {
    const { id, room } = await declared();
    const charlie = journey.driver.as('charlie');
    const ts = await charlie.say(room, 'It is the wrong blue');
    await charlie.shortcut('add-to-timeline', { channel_id: journey.slack.channel(room).channel_id, ts });
    await journey.hears('charlie', 'You may not work on incidents.');
    expect(await refusals(id)).toEqual([`${journey.slack.users.charlie} incident.update`]);
    await journey.type('bob', resolved(id));
    await journey.type('bob', '/incident close');
    const picked = await journey.driver.as('bob').submit(journey.form('bob'), { incident: id.replace('INC-', '') });
    expect(shown(picked.body as object)).toBe('You may not close incidents. Ask <!subteam^S0ONCALL>.');
    expect((await refusals(id)).at(-1)).toBe(`${journey.slack.users.bob} incident.close`);
  });

  it('by a pushpin, which changes nothing', async () => {
    const { id, room } = await declared();
    const charlie = journey.driver.as('charlie');
    const ts = await charlie.say(room, 'It is the wrong blue');
    await charlie.react(room, ts, 'pushpin');
    expect(told(await journey.type('bob', `/incident timeline ${id}`))).not.toContain('wrong blue');
    expect(await refusals(id)).toEqual([`${journey.slack.users.charlie} incident.update`]);
  });

  it('once however often Slack delivers the request', async () => {
    const { id } = await declared();
    const answer = await journey.type('alice', `/incident resolve ${id} Repainted`);
    for (const again of [await journey.driver.duplicate(answer), await journey.driver.retry(answer)]) {
      expect(again.body).toEqual(answer.body);
    }
    expect(await refusals(id)).toHaveLength(1);
  });

  it('is none when Slack does not say who is in a group: that is said, and nothing is done', async () => {
    const { id } = await declared();
    await journey.type('bob', resolved(id));
    // What is known of the groups is ten minutes old by then.
    await journey.restart();
    journey.slack.faults.next('usergroups.list', { status: 503 });
    const answer = told(await journey.type('charlie', `/incident close ${id}`));
    expect(answer).toBe(
      'Slack did not tell Mainstay what it needs to know for this. Slack answered with HTTP 503. Nothing was done; please try again.',
    );
    expect(told(await journey.type('charlie', `/incident close ${id}`))).toContain('is closed');
    expect(await refusals(id)).toEqual([]);
  });
});
