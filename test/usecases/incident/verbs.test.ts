import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ACCESS_SUBJECT, incidentSubject } from '../../../src/domain/event.ts';
import { apply } from '../../../src/domain/incident/apply.ts';
import type { Incident } from '../../../src/domain/incident/state.ts';
import { closeIncident } from '../../../src/usecases/incident/close.ts';
import { declareIncident } from '../../../src/usecases/incident/declare.ts';
import { findIncident } from '../../../src/usecases/incident/find.ts';
import { listIncidents } from '../../../src/usecases/incident/list.ts';
import { mitigateIncident } from '../../../src/usecases/incident/mitigate.ts';
import { noteIncident } from '../../../src/usecases/incident/note.ts';
import { pinMessage } from '../../../src/usecases/incident/pin-message.ts';
import { postUpdate } from '../../../src/usecases/incident/post-update.ts';
import { recordChannel } from '../../../src/usecases/incident/record-channel.ts';
import { reopenIncident } from '../../../src/usecases/incident/reopen.ts';
import { resolveIncident } from '../../../src/usecases/incident/resolve.ts';
import { setOwner } from '../../../src/usecases/incident/set-owner.ts';
import { setSeverity } from '../../../src/usecases/incident/set-severity.ts';
import { showIncident } from '../../../src/usecases/incident/show.ts';
import { incidentTimeline } from '../../../src/usecases/incident/timeline.ts';
import { unpinMessage } from '../../../src/usecases/incident/unpin-message.ts';
import { draftOfPostmortem } from '../../../src/usecases/postmortem/draft.ts';
import { publishPostmortem } from '../../../src/usecases/postmortem/publish.ts';
import { waivePostmortem } from '../../../src/usecases/postmortem/waive.ts';
import { alice, bob, charlie, incidentSpec, minutesLater } from '../../support/incident-spec.ts';
import { aDeclaration } from '../../support/incident-story.ts';
import { type IncidentHarness, incidentHarness, person } from './incident-harness.ts';

let room: IncidentHarness;
beforeAll(async () => {
  room = await incidentHarness();
});
afterAll(() => room.close());
beforeEach(() => {
  room.at(0);
  room.rules.spec = incidentSpec;
});

const message = { channel: 'C0OPS', ts: '1795269000.000100' };

describe('an incident', () => {
  it('is worked from the declaration to the end, and its row equals the fold of its log', async () => {
    const { deps } = room;
    const number = await room.declared();
    const at = { number };
    const steps = [
      () => recordChannel(deps, { number, channel: { id: 'C0INC', name: 'inc-checkout' } }),
      () => setOwner(deps, person(alice), { ...at, owner: bob }),
      () => setSeverity(deps, person(bob), { ...at, to: 'SEV2', reason: 'Only cards' }),
      () => postUpdate(deps, person(bob), { ...at, text: 'Looking' }),
      () => noteIncident(deps, person(charlie), { ...at, text: 'A spike', at: minutesLater(-5) }),
      () => mitigateIncident(deps, person(bob), { ...at, text: '' }),
      () => resolveIncident(deps, person(bob), { ...at, summary: 'Rolled back' }),
      () => reopenIncident(deps, person(alice), { ...at, reason: 'Back' }),
      () => resolveIncident(deps, person(bob), { ...at, summary: 'Cache emptied' }),
      () => publishPostmortem(deps, person(bob), { ...at, link: 'https://wiki.example.com/1' }),
      () => closeIncident(deps, person(bob), at),
    ];
    for (const [minute, take] of steps.entries()) {
      room.at(minute);
      expect(await take()).toMatchObject({ ok: true });
    }
    const events = await room.events(incidentSubject(number));
    const row = await deps.store.incident(number);
    expect(row).toEqual(events.reduce<Incident | null>(apply, null));
    expect(row).toMatchObject({ status: 'closed', severity: 'SEV2', owner: bob, version: events.length });
    expect(await showIncident(deps, number)).toEqual({ ok: true, value: row });
  });

  it('that does not exist is refused by every verb', async () => {
    const at = { number: 999_999 };
    const { deps } = room;
    const answers = await Promise.all([
      showIncident(deps, at.number),
      incidentTimeline(deps, at.number),
      draftOfPostmortem(deps, person(alice), at.number),
      closeIncident(deps, person(alice), at),
      waivePostmortem(deps, person(alice), { ...at, reason: 'x' }),
      findIncident(deps, { ...at, channel: 'C0OPS' }),
    ]);
    for (const answer of answers) expect(answer).toMatchObject({ ok: false, refusal: { code: 'unknown-incident' } });
  });

  it('is the one of the channel when none is named, and nobody guesses elsewhere', async () => {
    const number = await room.declared();
    await recordChannel(room.deps, { number, channel: { id: 'C0FOUND', name: 'inc-found' } });
    const found = (channel: string, named: number | null = null) => findIncident(room.deps, { number: named, channel });
    expect(await found('C0FOUND')).toMatchObject({ value: { number } });
    expect(await found('C0ELSEWHERE')).toEqual({ ok: true, value: null });
    expect(await found('C0ELSEWHERE', number)).toMatchObject({ value: { number } });
  });

  it('leaves the list of open ones when it is resolved', async () => {
    const number = await room.declared();
    const numbers = async (which: 'open' | 'all') => (await listIncidents(room.deps, which)).map((one) => one.number);
    expect(await numbers('open')).toContain(number);
    await resolveIncident(room.deps, person(alice), { number, summary: 'Fixed' });
    expect(await numbers('open')).not.toContain(number);
    expect((await numbers('all'))[0]).toBe(number);
  });
});

describe('a repeated request', () => {
  it('declares once and is answered as the first time', async () => {
    const caller = person(alice, 'trigger:1');
    const declare = () => declareIncident(room.deps, caller, { ...aDeclaration, title: 'Once' });
    const [first, second] = await Promise.all([declare(), declare()]);
    expect(second).toEqual(first);
    const titles = (await listIncidents(room.deps, 'all')).filter(({ title }) => title === 'Once');
    expect(titles).toHaveLength(1);
  });

  it('resolves once: the second is no refusal, while another person is refused', async () => {
    const number = await room.declared();
    const resolve = (key: string) => resolveIncident(room.deps, person(alice, key), { number, summary: 'Fixed' });
    const first = await resolve('trigger:2');
    expect(await resolve('trigger:2')).toEqual(first);
    expect(await resolve('trigger:3')).toMatchObject({ ok: false, refusal: { code: 'already-resolved' } });
    expect((await room.kinds(number)).filter((kind) => kind === 'incident.resolved')).toHaveLength(1);
  });
});

describe('two people at once', () => {
  it('do not both become the owner of the same step: both changes are written one after the other', async () => {
    const number = await room.declared();
    const answers = await Promise.all(
      [alice, bob, charlie].map((owner) => setOwner(room.deps, person(owner), { number, owner })),
    );
    expect(answers.every(({ ok }) => ok)).toBe(true);
    const owners = (await room.events(incidentSubject(number))).flatMap(({ body }) =>
      body?.kind === 'incident.owner_set' ? [[body.from, body.to]] : [],
    );
    expect(owners[0]?.[0]).toBeNull();
    expect(owners[1]?.[0]).toBe(owners[0]?.[1]);
    expect(owners[2]?.[0]).toBe(owners[1]?.[1]);
  });
});

describe('a refusal of permission', () => {
  beforeEach(() => {
    const onlyBob = { teams: [], groups: ['S0LEADS'], users: ['bob'] };
    const permissions = {
      ...incidentSpec.permissions,
      'incident.close': onlyBob,
      'incident.declare': onlyBob,
      'postmortem.draft': onlyBob,
    };
    room.rules.spec = { ...incidentSpec, permissions };
  });

  const declare = (user: string, key: string | null = null) =>
    declareIncident(room.deps, person(user, key), aDeclaration);
  const numberOf = async (): Promise<number> => {
    const declared = await declare(bob);
    if (!declared.ok) throw new Error(declared.refusal.message);
    return declared.value.number;
  };

  it('is an event of the incident, names whom to ask, and changes nothing else', async () => {
    const number = await numberOf();
    const refused = await closeIncident(room.deps, person(alice), { number });
    expect(refused).toMatchObject({
      refusal: { code: 'not-permitted', message: 'You may not close incidents. Ask <!subteam^S0LEADS>, or Bob.' },
    });
    expect((await room.events(incidentSubject(number))).at(-1)).toMatchObject({
      actor: { kind: 'slack', user: alice },
      body: { kind: 'permission.refused', verb: 'incident.close', reason: 'not-listed' },
    });
    const row = await room.deps.store.incident(number);
    expect(row).toMatchObject({ status: 'identified', version: 2, responders: [bob] });
  });

  it('to declare is an event of its own chain, once for a repeated request', async () => {
    const before = (await room.events(ACCESS_SUBJECT)).length;
    expect(await declare(alice, 'trigger:4')).toMatchObject({ refusal: { code: 'not-permitted' } });
    await declare(alice, 'trigger:4');
    const events = await room.events(ACCESS_SUBJECT);
    expect(events.slice(before)).toMatchObject([{ body: { kind: 'permission.refused', verb: 'incident.declare' } }]);
  });

  it('to draft a post-mortem is an event too', async () => {
    const number = await numberOf();
    expect(await draftOfPostmortem(room.deps, person(alice), number)).toMatchObject({ ok: false });
    expect(await room.kinds(number)).toEqual(['incident.declared', 'permission.refused']);
    expect(await draftOfPostmortem(room.deps, person(bob), number)).toMatchObject({ ok: true });
  });

  it('is not for those in a listed group, nor for the command line', async () => {
    const number = await numberOf();
    await resolveIncident(room.deps, person(alice), { number, summary: 'Fixed' });
    expect(await closeIncident(room.deps, person(alice, null, ['S0LEADS']), { number })).toMatchObject({ ok: true });
    const other = await numberOf();
    const cli = { actor: { kind: 'cli', user: 'root' }, requestKey: null, groups: [] } as const;
    await resolveIncident(room.deps, cli, { number: other, summary: 'Fixed' });
    expect(await closeIncident(room.deps, cli, { number: other })).toMatchObject({ ok: true });
  });
});

describe('a pinned message', () => {
  const pin = (number: number, by: string) => pinMessage(room.deps, person(by), { number, ...message, by });
  const unpin = (number: number, by: string) => unpinMessage(room.deps, person(by), { number, ...message, by });
  const shown = async (number: number) => {
    const timeline = await incidentTimeline(room.deps, number);
    if (!timeline.ok) throw new Error(timeline.refusal.message);
    return timeline.value.entries.flatMap(({ event, at }) =>
      event.kind === 'incident.message_pinned' ? { ...event.message, at } : [],
    );
  };

  beforeAll(() => {
    const found = { author: charlie, text: 'It is the cache &amp; &lt;not&gt; the queue', permalink: 'https://x/p1' };
    room.messages.set(`${message.channel}:${message.ts}`, found);
  });

  it('has its author, the time it was posted, its link and its own words', async () => {
    const number = await room.declared();
    await pin(number, alice);
    expect(await shown(number)).toEqual([
      {
        ...message,
        author: charlie,
        text: 'It is the cache & <not> the queue',
        permalink: 'https://x/p1',
        at: new Date('2026-11-21T13:50:00.000Z'),
      },
    ]);
  });

  it('is on the timeline once, until the last who pinned it took it back', async () => {
    const number = await room.declared();
    await pin(number, alice);
    await pin(number, bob);
    expect(await shown(number)).toHaveLength(1);
    await unpin(number, alice);
    expect(await shown(number)).toHaveLength(1);
    await unpin(number, bob);
    expect(await shown(number)).toEqual([]);
    const draft = await draftOfPostmortem(room.deps, person(alice), number);
    expect(JSON.stringify(draft)).not.toContain('It is the cache');
  });

  it('that cannot be read is refused', async () => {
    const number = await room.declared();
    const gone = pinMessage(room.deps, person(alice), { number, channel: 'C0OPS', ts: '1.1', by: alice });
    expect(await gone).toMatchObject({ refusal: { code: 'no-message' } });
  });
});

describe('the channel of an incident', () => {
  it('is remembered once, and its announcements are shown anew', async () => {
    const number = await room.declared();
    const record = (id: string) => recordChannel(room.deps, { number, channel: { id, name: `inc-${number}` } });
    await record('C0FIRST');
    expect(await record('C0SECOND')).toMatchObject({ refusal: { code: 'channel-known' } });
    expect((await room.promises()).filter((promise) => promise.kind === 'render')).toEqual(
      expect.arrayContaining([{ kind: 'render', key: `incident:${number}:announcement:outages` }]),
    );
    expect(await room.deps.store.incidentInChannel('C0FIRST')).toMatchObject({ number });
  });
});

describe('a draft', () => {
  it("names people as the spec's contacts do, else as Slack does, else by their id", async () => {
    const number = await room.declared();
    await setOwner(room.deps, person(charlie), { number, owner: bob });
    const draft = await draftOfPostmortem(room.deps, person(alice), number);
    expect(draft.ok && [...draft.value.names]).toEqual(
      expect.arrayContaining([
        [alice, 'Alice'],
        [bob, 'Bob'],
        [charlie, charlie],
      ]),
    );
    const { alice: _left, ...contacts } = incidentSpec.contacts;
    room.rules.spec = { ...incidentSpec, contacts };
    const bySlack = await draftOfPostmortem(room.deps, person(alice), number);
    expect(bySlack.ok && bySlack.value.names.get(alice)).toBe('Alice from Slack');
    const withoutSlack = await draftOfPostmortem({ ...room.deps, directory: null }, person(alice), number);
    expect(withoutSlack.ok && withoutSlack.value.names.get(alice)).toBe(alice);
  });

  it('of an incident that was waived says who approved it', async () => {
    const number = await room.declared();
    await resolveIncident(room.deps, person(bob), { number, summary: 'Fixed' });
    expect(await waivePostmortem(room.deps, person(alice), { number, reason: 'A drill' })).toMatchObject({ ok: true });
    expect((await room.events(incidentSubject(number))).at(-1)?.body).toMatchObject({ how: 'waived', approver: alice });
  });
});
