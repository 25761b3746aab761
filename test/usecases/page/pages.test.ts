import { afterEach, describe, expect, it } from 'vitest';
import { createAuditLog } from '../../../src/adapters/postgres/audit-log.ts';
import { createStore } from '../../../src/adapters/postgres/store.ts';
import { eraseEvent } from '../../../src/usecases/audit/erase.ts';
import { verifyLog } from '../../../src/usecases/audit/verify.ts';
import { declareIncident } from '../../../src/usecases/incident/declare.ts';
import { resolveIncident } from '../../../src/usecases/incident/resolve.ts';
import { setOwner } from '../../../src/usecases/incident/set-owner.ts';
import { setSeverity } from '../../../src/usecases/incident/set-severity.ts';
import { acknowledgePage } from '../../../src/usecases/page/acknowledge.ts';
import { followPages } from '../../../src/usecases/page/follow.ts';
import { listPages } from '../../../src/usecases/page/list.ts';
import { recordAttempt } from '../../../src/usecases/page/record.ts';
import { sendPage } from '../../../src/usecases/page/send.ts';
import { alice, bob, charlie } from '../../support/incident-spec.ts';
import { aDeclaration } from '../../support/incident-story.ts';
import { pagingSpec } from '../../support/page-story.ts';
import { incidentHarness, person } from '../incident/incident-harness.ts';

let room: Awaited<ReturnType<typeof pageRoom>>;
afterEach(() => room.close());

async function pageRoom() {
  const harness = await incidentHarness();
  harness.rules.spec = pagingSpec();
  const said = async () =>
    (await harness.promises()).flatMap((promise) => {
      if (promise.kind !== 'post' || !promise.message.type.startsWith('page-')) return [];
      const { to } = promise;
      const where = to.to === 'user' ? to.user : to.to === 'channel' ? `#${to.channel}` : to.number;
      return [`${where} ${promise.message.type}`];
    });
  const declared = async (severity: 'SEV1' | 'SEV2', by: string, service: string | null = 'checkout') => {
    const outcome = await declareIncident(harness.deps, person(by), { ...aDeclaration, service, severity });
    if (!outcome.ok) throw new Error(outcome.refusal.message);
    return outcome.value.number;
  };
  const another = () => ({ ...harness.deps, store: createStore(harness.db, { enqueue: async () => {} }) });
  return { ...harness, said, declareAs: declared, another };
}

describe('an incident at night', () => {
  it('wakes the first contact, then the next, and whoever acknowledges stops it; the timeline says so', async () => {
    room = await pageRoom();
    const { deps, said, at, kinds } = room;
    const number = await room.declareAs('SEV1', charlie);
    expect(await said()).toEqual([`${alice} page-call`, '#team-platform page-card']);
    at(5);
    expect(await followPages(deps)).toEqual([{ page: 'PAGE-1', reason: 'called-again' }]);
    at(15);
    expect(await followPages(deps)).toEqual([{ page: 'PAGE-1', reason: 'called-next' }]);
    expect((await said()).slice(2)).toEqual([`${alice} page-call`, `${bob} page-call`]);
    expect(await acknowledgePage(deps, person(bob), { number: 1 })).toMatchObject({
      ok: true,
      value: { status: 'acknowledged' },
    });
    at(60);
    expect(await followPages(deps)).toEqual([]);
    expect(await kinds(number)).toEqual([
      'incident.declared',
      'incident.severity_set',
      'incident.paged',
      'incident.paged',
      'incident.page_acknowledged',
    ]);
    expect(await deps.store.incident(number)).toMatchObject({ responders: [charlie, bob], owner: null });
  });

  it('is acknowledged by an owner, and over when it is resolved', async () => {
    room = await pageRoom();
    const { deps } = room;
    const number = await room.declareAs('SEV1', charlie);
    await setOwner(deps, person(alice), { number, owner: bob });
    expect(await deps.store.page(1)).toMatchObject({
      status: 'acknowledged',
      acknowledged: { user: bob, how: 'owner-set' },
    });
    await resolveIncident(deps, person(bob), { number, summary: 'Rolled back' });
    expect(await deps.store.page(1)).toMatchObject({ status: 'resolved', resolved: { why: 'incident-resolved' } });
    expect(
      await verifyLog({ log: createAuditLog(room.db, { enqueue: async () => {} }), published: null }),
    ).toMatchObject({
      faults: [],
    });
  });

  it('wakes nobody for what does not page, but when it is raised; nor a second time, nor whoever declared it first in line', async () => {
    room = await pageRoom();
    const { deps } = room;
    const mild = await room.declareAs('SEV2', charlie);
    expect(await deps.store.page(1)).toBeNull();
    await setSeverity(deps, person(charlie), { number: mild, to: 'SEV1', reason: '' });
    expect(await deps.store.page(1)).toMatchObject({ subject: { of: 'incident', incident: mild } });
    await acknowledgePage(deps, person(alice), { number: 1 });
    await setSeverity(deps, person(charlie), { number: mild, to: 'SEV2', reason: '' });
    await setSeverity(deps, person(charlie), { number: mild, to: 'SEV1', reason: '' });
    await room.declareAs('SEV1', alice);
    expect(await deps.store.page(2)).toBeNull();
  });

  it('calls nobody any more once its severity wakes nobody, and anew when it is raised', async () => {
    room = await pageRoom();
    const { deps } = room;
    const number = await room.declareAs('SEV1', charlie);
    await setSeverity(deps, person(charlie), { number, to: 'SEV2', reason: '' });
    expect(await deps.store.page(1)).toMatchObject({ status: 'resolved', resolved: { why: 'severity-lowered' } });
    room.at(15);
    expect(await followPages(deps)).toEqual([]);
    await setSeverity(deps, person(charlie), { number, to: 'SEV1', reason: '' });
    expect(await deps.store.page(2)).toMatchObject({ status: 'calling' });
  });

  it('says that nobody is woken where no team is named or nobody of it can be called', async () => {
    room = await pageRoom();
    room.rules.spec = { ...pagingSpec({ members: [], escalation: [] }) };
    const number = await room.declareAs('SEV1', charlie);
    const last = (await room.events(`INC-${number}`)).at(-1)?.body;
    expect(last).toEqual({ kind: 'incident.nobody_paged', reason: 'nobody-to-call', team: 'platform' });
  });
});

describe('a page', () => {
  it('is called by one of two instances that look at once', async () => {
    room = await pageRoom();
    const { deps, another } = room;
    await sendPage(deps, person(charlie), { team: 'platform', text: 'Disk full' });
    room.at(15);
    const both = await Promise.all([followPages(deps), followPages(another())]);
    expect(
      both
        .flat()
        .map(({ reason }) => reason)
        .sort(),
    ).toContain('called-next');
    expect((await deps.store.page(1))?.calls.map(({ contact }) => contact)).toEqual([0, 1]);
  });

  it('is opened once for a repeated request, and refused to whom the spec does not let', async () => {
    room = await pageRoom();
    const { deps } = room;
    const asked = { team: 'platform', text: 'Disk full' };
    const first = await sendPage(deps, person(charlie, 'trigger-1'), asked);
    expect(await sendPage(deps, person(charlie, 'trigger-1'), asked)).toEqual(first);
    expect(await deps.store.page(2)).toBeNull();
    const spec = pagingSpec();
    const none = { teams: [], groups: [], users: ['alice'] };
    room.rules.spec = { ...spec, permissions: { ...spec.permissions, 'page.send': none, 'page.acknowledge': none } };
    expect(await sendPage(deps, person(charlie), asked)).toMatchObject({ refusal: { code: 'not-permitted' } });
    expect(await acknowledgePage(deps, person(charlie), { number: 1 })).toMatchObject({
      refusal: { code: 'not-permitted' },
    });
    expect(await acknowledgePage(deps, person(alice), { number: 1 })).toMatchObject({ ok: true });
    expect(await acknowledgePage(deps, person(alice), { number: 9 })).toMatchObject({
      refusal: { code: 'unknown-page' },
    });
  });

  it('tells the channel with the telephone numbers when somebody cannot be reached, and calls the next', async () => {
    room = await pageRoom();
    const { deps } = room;
    await sendPage(deps, person(charlie), { team: 'platform', text: 'Disk full' });
    const end = { page: 1, attempt: 1, reached: false, detail: 'There is no such person in the workspace.' };
    await recordAttempt(deps, end);
    await recordAttempt(deps, end);
    expect(await room.said()).toEqual([
      `${alice} page-call`,
      '#team-platform page-card',
      '#team-platform page-not-reached',
    ]);
    expect(await followPages(deps)).toEqual([{ page: 'PAGE-1', reason: 'called-next-at-once' }]);
  });

  it('that somebody asked for is over once somebody is up, and hides no other however many there were', async () => {
    room = await pageRoom();
    const { deps } = room;
    for (const text of ['Disk full', 'Again', 'Still'])
      await sendPage(deps, person(charlie), { team: 'platform', text });
    for (const number of [2, 3]) await acknowledgePage(deps, person(alice), { number });
    expect((await deps.store.openPages(1)).map(({ number }) => number)).toEqual([1]);
    const { open, recent } = await listPages(deps);
    expect([open, recent].map((pages) => pages.map(({ number }) => number))).toEqual([[1], [3, 2]]);
  });

  it('tells the channel and the operators when everybody was called, and keeps nothing that was erased', async () => {
    room = await pageRoom();
    const { deps } = room;
    await sendPage(deps, person(charlie), { team: 'platform', text: 'Disk full' });
    for (const minute of [15, 30, 45, 60]) {
      room.at(minute);
      await followPages(deps);
    }
    expect((await room.said()).slice(-2)).toEqual(['#team-platform page-unanswered', '#ops page-unanswered']);
    const log = createAuditLog(room.db, { enqueue: async () => {} });
    const cli = { kind: 'cli', user: 'root' } as const;
    await eraseEvent({ log, clock: deps.clock }, cli, { subject: 'PAGE-1', seq: 1, reason: 'asked' });
    expect(JSON.stringify(await deps.store.page(1))).not.toContain('Disk full');
    expect(await verifyLog({ log, published: null })).toMatchObject({ faults: [] });
  });
});
