import { openDatabase } from '../../../src/adapters/postgres/client.ts';
import { createStore } from '../../../src/adapters/postgres/store.ts';
import { fallingDue } from '../../../src/domain/duty/upcoming.ts';
import type { Duty } from '../../../src/domain/spec/duty.ts';
import type { OperationsSpec } from '../../../src/domain/spec/types.ts';
import { followRuns } from '../../../src/usecases/duty/follow.ts';
import { planDuties } from '../../../src/usecases/duty/plan.ts';
import { aDuty, DAY, HOUR, specWith, when } from '../../support/duty-spec.ts';
import { dutyHarness } from './duty-harness.ts';

/** The calendar of a year in five zones: every form of `when`, both clock changes, a holiday and a freeze. */
const DUTIES: readonly Duty[] = [
  aDuty({ key: 'daily', owner: 'silent', when: when({ every: 'day', at: '06:00', timezone: 'Europe/Paris' }) }),
  aDuty({
    key: 'in-the-gap',
    owner: 'silent',
    when: when({ every: 'week', on: 'sunday', at: '02:30', timezone: 'America/New_York' }),
    grace: HOUR,
  }),
  aDuty({
    key: 'twice',
    owner: 'silent',
    when: when({ cron: '30 1,13 * * 0', timezone: 'Europe/Paris' }),
    grace: HOUR,
  }),
  aDuty({ key: 'weekly', when: when({ every: 'week', on: 'monday', at: '10:00' }), announceBefore: DAY }),
  aDuty({ key: 'monthly', when: when({ every: 'month', on: 'first sunday', at: '02:00' }), onFreeze: 'after' }),
  aDuty({ key: 'quarterly', when: when({ every: 'quarter', on: 'last day', at: '09:00' }), announceBefore: 7 * DAY }),
  aDuty({ key: 'yearly', when: when({ every: 'year', on: '31 march', at: '10:00' }), satisfies: ['quarterly'] }),
  aDuty({ key: 'ninety-days', when: when({ every: '90 days', from: '2026-01-15', timezone: 'Asia/Kathmandu' }) }),
  aDuty({ key: 'christmas', when: when({ every: 'year', on: '25 december' }), onHoliday: 'before' }),
];

function yearSpec(more: readonly Duty[]): OperationsSpec {
  return {
    ...specWith(...DUTIES, ...more),
    holidays: [{ name: 'Christmas', on: { day: 25, month: 12 } }],
    freezes: [{ name: 'Year end', from: '2026-12-05', to: '2026-12-10' }],
  };
}

const START = new Date('2026-01-01T00:00:00.000Z');
const END = new Date('2027-01-01T00:00:00.000Z');
/** Eight hours in which nothing runs, over times at which several things fall due. */
const OUTAGE = { from: Date.parse('2026-03-31T02:00:00Z'), to: Date.parse('2026-03-31T10:00:00Z') };

/**
 * A year in which three instances look each `every` milliseconds, one after the other and at times all at once, but for one
 * outage. Gives the runs there should be and those there are.
 */
export async function liveAYear(every: number, more: readonly Duty[] = []) {
  const room = await dutyHarness();
  const spec = yearSpec(more);
  room.rules.spec = spec;
  // Nothing is killed here: what each commit waits for the disk would be most of the year.
  await room.db.pool.query(
    `do $$ begin execute format('alter database %I set synchronous_commit to off', current_database()); end $$`,
  );
  const databases = [1, 2, 3].map(() => openDatabase(room.url));
  const instances = databases.map((db) => ({ ...room.deps, store: createStore(db, { enqueue: async () => {} }) }));
  let turn = 0;
  for (let now = START.getTime(); now <= END.getTime(); now += every) {
    if (now >= OUTAGE.from && now < OUTAGE.to) continue;
    room.moveTo(new Date(now).toISOString());
    turn += 1;
    const awake = turn % 7 === 0 ? instances : instances.filter((_, index) => index === turn % 3);
    await Promise.all(
      awake.map(async (deps) => {
        await planDuties(deps);
        await followRuns(deps);
      }),
    );
  }
  for (const database of databases) await database.close();
  const expected = fallingDue(spec, { from: new Date(START.getTime() + 1), to: END });
  return { room, expected: expected.map(({ duty, at }) => `${duty} ${at.toISOString()}`) };
}
