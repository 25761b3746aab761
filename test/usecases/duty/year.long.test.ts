import { expect, it } from 'vitest';
import { aDuty, HOUR, when } from '../../support/duty-spec.ts';
import { liveAYear } from './year.ts';

it('a year looked at every half hour, with hourly duties beside the others, has every occurrence exactly once', async () => {
  const hourly = aDuty({
    key: 'hourly',
    when: when({ every: 'hour', timezone: 'Australia/Lord_Howe' }),
    grace: HOUR / 4,
  });
  const { room, expected } = await liveAYear(HOUR / 2, [hourly]);
  try {
    const runs = await room.runs();
    const due = runs.filter(({ dueAt }) => dueAt <= '2027-01-01T00:00:00.000Z');
    expect(due.map(({ duty, dueAt }) => `${duty} ${dueAt}`).sort()).toEqual(expected.toSorted());
    const rows = await room.db.pool.query<{ number: number }>(
      'select count(distinct (duty, occurrence))::int as number from "DutyRun"',
    );
    expect(rows.rows[0]?.number).toBe(runs.length);
    for (const run of runs.filter(({ number }) => number % 50 === 0)) expect(await room.fold(run.number)).toEqual(run);
  } finally {
    await room.close();
  }
}, 1_200_000);
