import { afterEach, expect, it } from 'vitest';
import { HOUR } from '../../support/duty-spec.ts';
import type { DutyHarness } from './duty-harness.ts';
import { liveAYear } from './year.ts';

let room: DutyHarness | undefined;
afterEach(() => room?.close());

// Ten seconds on an idle machine; the limit is for a busy one.
it('a year of three instances and an outage of eight hours has every occurrence as exactly one run', async () => {
  const year = await liveAYear(4 * HOUR);
  room = year.room;
  const { runs: allRuns, kinds: kindsOf, messages } = room;
  const runs = await allRuns();
  const due = runs.filter(({ dueAt }) => dueAt <= '2027-01-01T00:00:00.000Z');
  expect(due.map(({ duty, dueAt }) => `${duty} ${dueAt}`).sort()).toEqual(year.expected.toSorted());
  expect(due.length).toBeGreaterThan(590);

  for (const { number, status } of runs) {
    const kinds = await kindsOf(number);
    expect(new Set(kinds.filter((kind) => kind !== 'run.escalated')).size, `RUN-${number} ${status}`).toBe(
      kinds.filter((kind) => kind !== 'run.escalated').length,
    );
  }
  const cards = (await messages()).flatMap(({ message }) => (message.type === 'run-card' ? [message.run] : []));
  expect(new Set(cards).size).toBe(cards.length);
  expect(cards.toSorted((a, b) => a - b)).toEqual(
    runs
      .filter(({ askedAt }) => askedAt !== null)
      .map(({ number }) => number)
      .sort((a, b) => a - b),
  );
}, 120_000);
