import { afterEach, describe, expect, it } from 'vitest';
import { createAuditLog } from '../../../src/adapters/postgres/audit-log.ts';
import { createStore } from '../../../src/adapters/postgres/store.ts';
import type { Message } from '../../../src/domain/delivery.ts';
import type { RecurringWindow } from '../../../src/domain/spec/calendar.ts';
import { eraseEvent } from '../../../src/usecases/audit/erase.ts';
import { verifyLog } from '../../../src/usecases/audit/verify.ts';
import { approveWindow } from '../../../src/usecases/window/approve.ts';
import { cancelWindow } from '../../../src/usecases/window/cancel.ts';
import { finishWindow } from '../../../src/usecases/window/end.ts';
import { followWindows } from '../../../src/usecases/window/follow.ts';
import { windowsAhead } from '../../../src/usecases/window/list.ts';
import { planWindow } from '../../../src/usecases/window/plan.ts';
import { planWindows } from '../../../src/usecases/window/plan-recurring.ts';
import { startWindow } from '../../../src/usecases/window/start.ts';
import { storeHarness } from '../../adapters/postgres/store-harness.ts';
import { HOUR, when } from '../../support/duty-spec.ts';
import { alice, bob, charlie } from '../../support/incident-spec.ts';
import { aDraft, aSpecWindow, windowSpec } from '../../support/window-story.ts';
import { person } from '../duty/duty-harness.ts';

type Room = Awaited<ReturnType<typeof windowRoom>>;
let room: Room;
afterEach(() => room.close());

/** Windows on a real database, with several instances on one clock that stands until a test moves it. */
async function windowRoom(...windows: readonly RecurringWindow[]) {
  const stored = await storeHarness();
  const time = { now: new Date('2026-03-02T00:00:00.000Z') };
  const rules = { spec: windowSpec(...windows) };
  const deps = { store: stored.store, clock: { now: () => time.now }, spec: { current: () => rules.spec } };
  const another = () => ({ ...deps, store: createStore(stored.db, { enqueue: async () => {} }) });
  const minute = async () => {
    await planWindows(deps);
    await followWindows(deps);
  };
  const sql = async <Row extends object>(query: string) => (await stored.db.pool.query<Row>(query)).rows;
  return {
    ...stored,
    deps,
    rules,
    another,
    sql,
    moveTo: (instant: string) => {
      time.now = new Date(instant);
    },
    at: async (instant: string) => {
      time.now = new Date(instant);
      await minute();
    },
    all: () => stored.store.windows({}, 'soonest', 1000),
    said: async () => {
      const rows = await sql<{ intent: { kind: string; to: { channel?: string; user?: string }; message: Message } }>(
        'select intent from "Delivery" order by id',
      );
      return rows.flatMap(({ intent: { kind, to, message } }) => {
        if (kind !== 'post') return [];
        const what = message.type === 'window-event' ? message.event.kind : message.type;
        return [`${to.user ?? `#${to.channel}`} ${what}`];
      });
    },
  };
}

const weekly = (on: string) => when({ every: 'week', on, at: '02:00', timezone: 'UTC' });

const sunday = (change: Partial<RecurringWindow> = {}) =>
  aSpecWindow({
    key: 'sunday',
    when: weekly('sunday'),
    duration: 2 * HOUR,
    ...change,
  });

describe('an occurrence of a recurring window', () => {
  it('becomes a window once, and each word about it is said once, however many instances plan and look', async () => {
    room = await windowRoom(sunday());
    await room.at('2026-03-02T00:00:00Z');
    const instances = [room.deps, room.another(), room.another()];
    for (const instant of [
      '2026-03-07T01:59:00Z',
      '2026-03-07T02:00:00Z',
      '2026-03-08T01:45:00Z',
      '2026-03-08T02:00:00Z',
    ]) {
      room.moveTo(instant);
      await Promise.all(instances.flatMap((deps) => [planWindows(deps), followWindows(deps), planWindows(deps)]));
      await Promise.all(instances.map((deps) => followWindows(deps)));
    }
    room.moveTo('2026-03-08T04:00:00Z');
    await Promise.all([...instances, ...instances].map((deps) => followWindows(deps)));
    expect(await room.all()).toMatchObject([
      {
        window: 'sunday',
        occurrence: '2026-03-08T02:00',
        status: 'ended',
        startsAt: '2026-03-08T02:00:00.000Z',
        endsAt: '2026-03-08T04:00:00.000Z',
      },
    ]);
    expect(await room.said()).toEqual([
      '#dba window-card',
      '#incidents window-announcement',
      '#dba window.announced',
      '#incidents window.announced',
      '#dba window.started',
      '#incidents window.started',
      '#incidents window.ended',
      '#dba window-report-asked',
    ]);
  });

  it('is not lost in an outage: what has passed is asked about, what is under way is told', async () => {
    room = await windowRoom(sunday());
    await room.at('2026-03-02T00:00:00Z');
    await room.at('2026-03-15T03:00:00Z');
    expect((await room.all()).map(({ occurrence, status }) => `${occurrence} ${status}`)).toEqual([
      '2026-03-08T02:00 ended',
      '2026-03-15T02:00 started',
    ]);
    expect((await room.said()).filter((line) => line.startsWith('#incidents'))).toEqual([
      '#incidents window-announcement',
    ]);
    expect((await room.said()).filter((line) => line.includes('report'))).toHaveLength(1);
  });

  it('that was cancelled does not come back, nor in the list of what comes', async () => {
    room = await windowRoom(sunday());
    await room.at('2026-03-02T00:00:00Z');
    await room.at('2026-03-07T02:00:00Z');
    const [window] = await room.all();
    await cancelWindow(room.deps, person(bob), { number: window?.number ?? 0, reason: 'Freeze' });
    await room.at('2026-03-07T02:01:00Z');
    const ahead = await windowsAhead(room.deps);
    expect(ahead.open).toEqual([]);
    expect(ahead.coming.map(({ occurrence }) => occurrence.key)).toEqual(['2026-03-15T02:00']);
    await room.at('2026-03-08T05:00:00Z');
    expect(await room.all()).toMatchObject([{ status: 'cancelled' }]);
  });

  it('of a window that is new in the spec begins with the spec', async () => {
    room = await windowRoom();
    await room.at('2026-03-08T03:00:00Z');
    room.rules.spec = windowSpec(sunday());
    await room.at('2026-03-08T03:01:00Z');
    expect(await room.all()).toEqual([]);
  });
});

describe('a recurring window that the spec does not plan any more', () => {
  it('is left out in a freeze, and kept on a holiday', async () => {
    room = await windowRoom(sunday());
    room.rules.spec = {
      ...room.rules.spec,
      freezes: [{ name: 'Year end', from: '2026-03-07', to: '2026-03-09' }],
      holidays: [{ name: 'Mid-Lent', on: '2026-03-15' }],
    };
    await room.at('2026-03-02T00:00:00Z');
    await room.at('2026-03-07T02:00:00Z');
    await room.at('2026-03-14T02:00:00Z');
    expect((await room.all()).map(({ occurrence }) => occurrence)).toEqual(['2026-03-15T02:00']);
    expect((await windowsAhead(room.deps)).coming.map(({ occurrence }) => occurrence.key)).not.toContain(
      '2026-03-08T02:00',
    );
  });

  it.each([
    ['has left it', () => windowSpec(), 'has no such window'],
    ['has another day for it', () => windowSpec(sunday({ when: weekly('monday') })), 'for this time'],
    [
      'is frozen by now',
      () => ({ ...windowSpec(sunday()), freezes: [{ name: 'Audit', from: '2026-03-08', to: '2026-03-08' } as const] }),
      'for this time',
    ],
  ])('is cancelled where the spec %s, and those who were told hear it', async (_, spec, reason) => {
    room = await windowRoom(sunday());
    await room.at('2026-03-02T00:00:00Z');
    await room.at('2026-03-07T02:00:00Z');
    room.rules.spec = spec();
    await room.at('2026-03-08T02:00:00Z');
    const [window] = await room.all();
    expect(window).toMatchObject({ status: 'cancelled', cancelled: { reason: expect.stringContaining(reason) } });
    expect((await room.said()).filter((line) => /started|cancelled/.test(line))).toEqual([
      '#dba window.cancelled',
      '#incidents window.cancelled',
    ]);
  });
});

describe('a planned window', () => {
  const planned = (key: string | null = null) =>
    planWindow(room.deps, person(alice, key), aDraft({ startsAt: new Date('2026-03-08T03:00:00Z') }));

  it('is planned once by a form that is sent twice, and says what it overlaps', async () => {
    room = await windowRoom(sunday());
    await room.at('2026-03-02T00:00:00Z');
    const [first, again] = [await planned('view:1'), await planned('view:1')];
    expect(again).toEqual(first);
    const second = await planned();
    expect(second.ok && second.value.overlaps.map(({ window, startsAt }) => [window, startsAt])).toEqual([
      [1, '2026-03-08T03:00:00.000Z'],
      [null, '2026-03-08T02:00:00.000Z'],
    ]);
    await room.at('2026-03-08T02:00:00Z');
    const recurring = (await room.all()).find(({ window }) => window === 'sunday');
    expect(recurring?.overlaps.map(({ window }) => window)).toEqual([1, 2]);
  });

  it('over which two rules hold is agreed to only by somebody whom both let in', async () => {
    const byBob = { teams: [], groups: [], users: [bob] };
    room = await windowRoom(
      aSpecWindow({ approval: { ...byBob, users: [bob, charlie] } }),
      aSpecWindow({ key: 'other', approval: { ...byBob, teams: ['silent'], users: [] } }),
    );
    const plan = await planned();
    const number = plan.ok ? plan.value.number : 0;
    const answers = [];
    for (const who of [charlie, bob]) answers.push(await approveWindow(room.deps, person(who), { number }));
    expect(answers.map((answer) => (answer.ok ? 'ok' : answer.refusal.code))).toEqual(['not-permitted', 'ok']);
  });

  it('is begun by one of two who do so at once', async () => {
    room = await windowRoom();
    const plan = await planned();
    const number = plan.ok ? plan.value.number : 0;
    const outcomes = await Promise.all([
      startWindow(room.deps, person(alice), { number }),
      startWindow(room.another(), person(bob), { number }),
    ]);
    expect(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.refusal.code)).sort()).toEqual([
      'already-started',
      'ok',
    ]);
  });

  it('keeps nothing of words that were erased by law, and still verifies', async () => {
    room = await windowRoom();
    const plan = await planned();
    const number = plan.ok ? plan.value.number : 0;
    await startWindow(room.deps, person(alice), { number });
    await finishWindow(room.deps, person(alice), { number });
    await room.sql(`update "Delivery" set status = 'delivered'`);
    const log = createAuditLog(room.db, { enqueue: async () => {} });
    const erased = { subject: `WIN-${number}`, seq: 1, reason: 'asked for' };
    await eraseEvent({ log, clock: room.deps.clock }, { kind: 'cli', user: 'bob' }, erased);
    expect(await room.store.window(number)).toMatchObject({ title: '[erased]', status: 'ended', lead: null });
    expect(JSON.stringify(await room.sql('select * from "Window"'))).not.toContain('Move the database');
    expect(await room.sql(`select intent from "Delivery" where intent->'message' is not null`)).toEqual([]);
    expect((await verifyLog({ log, published: null })).faults).toEqual([]);
  });
});
