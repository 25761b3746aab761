import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClockFacts, decideRetention, type KeptFacts } from '../../../src/domain/backup/retention.ts';

const DAY = 24 * 3_600_000;
const NOW = new Date('2026-06-01T04:00:00Z');
/** A believable clock: a minute ago by both. */
const CLOCK: ClockFacts = { now: NOW, lastSeenAt: new Date(NOW.getTime() - 60_000), passed: 60_000 };
const TERMS = { keep: 30 * DAY, keepAtLeast: 7 };

/** One a day, the newest of this morning; number 1 is the oldest. */
function daily(days: number, more: (number: number) => Partial<KeptFacts> = () => ({})): KeptFacts[] {
  return Array.from({ length: days }, (_, index) => aged(index + 1, days - index - 1, more(index + 1)));
}

function aged(number: number, days: number, more: Partial<KeptFacts> = {}): KeptFacts {
  return {
    number,
    takenAt: new Date(NOW.getTime() - days * DAY - 3 * 3_600_000),
    held: false,
    restoreVerified: false,
    deepVerified: false,
    damaged: false,
    inUse: null,
    pending: false,
    needs: null,
    ...more,
  };
}

const decide = (
  backups: readonly KeptFacts[],
  clock = CLOCK,
  terms: { keep: number | null; keepAtLeast: number } = TERMS,
) => decideRetention(backups, terms, clock);
const expired = (...args: Parameters<typeof decide>) =>
  decide(...args)
    .verdicts.filter(({ keep }) => !keep)
    .map(({ number }) => number);
const reasonOf = (backups: readonly KeptFacts[], number: number) =>
  decide(backups).verdicts.find((one) => one.number === number)?.reason;

describe('of daily backups that are kept for 30 days', () => {
  test('those that are older go, and the others stay', () => {
    expect(expired(daily(33))).toEqual([3, 2, 1]);
    expect(reasonOf(daily(33), 4)).toBe('within-its-time');
    expect(reasonOf(daily(33), 33)).toBe('among-the-newest');
  });

  test('none goes that is kept for ever', () => {
    expect(expired(daily(400), CLOCK, { keep: null, keepAtLeast: 1 })).toEqual([]);
  });
});

describe('the last good one (row 13)', () => {
  test('after a month in which none could be made, the newest seven stay, whatever their age', () => {
    const old = daily(20).map((backup) => ({ ...backup, takenAt: new Date(backup.takenAt.getTime() - 40 * DAY) }));
    expect(expired(old)).toEqual([13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  test('those that were found damaged do not count among them', () => {
    const old = daily(20, (number) => ({ damaged: number > 15 })).map((backup) => ({
      ...backup,
      takenAt: new Date(backup.takenAt.getTime() - 40 * DAY),
    }));
    const left = new Set(Array.from({ length: 20 }, (_, index) => index + 1));
    for (const number of expired(old)) left.delete(number);
    expect([...left]).toEqual([9, 10, 11, 12, 13, 14, 15]);
  });

  test('the newest that was restored stays however old; an older one that was restored does not', () => {
    const backups = daily(60, (number) => ({ restoreVerified: number === 2 || number === 5 }));
    expect(reasonOf(backups, 5)).toBe('newest-restore-verified');
    expect(expired(backups)).toContain(2);
  });

  test('the newest that was read through stays if it is newer than the one that was restored, and else not', () => {
    expect(
      reasonOf(
        daily(60, (n) => ({ restoreVerified: n === 2, deepVerified: n === 5 })),
        5,
      ),
    ).toBe('newest-deep-verified');
    expect(expired(daily(60, (n) => ({ restoreVerified: n === 5, deepVerified: n === 2 })))).toContain(2);
  });
});

describe('what stays although it is old (rows 14 and 15)', () => {
  test.each([
    ['held', { held: true }, 'held'],
    ['being restored or drilled', { inUse: 'DRILL-3' }, 'in-use'],
    ['not yet elsewhere', { pending: true }, 'not-yet-off-site'],
  ] as const)('one that is %s', (_what, more, reason) => {
    const backups = daily(60, (number) => (number === 3 ? more : {}));
    expect(reasonOf(backups, 3)).toBe(reason);
    expect(expired(backups)).toContain(4);
    expect(reasonOf(daily(60), 3)).toBe('past-its-time');
  });

  test('one of a class that is kept for seven years stays for seven years and no longer', () => {
    const seven = { keep: 7 * 365 * DAY, keepAtLeast: 1 };
    const backups = [aged(1, 7 * 365 + 1), aged(2, 7 * 365 - 1), aged(3, 0)];
    expect(expired(backups, CLOCK, seven)).toEqual([1]);
  });

  test('a base that a later part needs, through all the parts between', () => {
    const backups = daily(60, (number) => (number > 1 && number < 40 ? { needs: number - 1 } : {}));
    expect(reasonOf(backups, 1)).toBe('needed-by-later');
    expect(expired(backups)).toEqual([]);
    // The chain goes as a whole once its last part has had its time.
    expect(expired(daily(60, (number) => (number > 1 && number < 20 ? { needs: number - 1 } : {})))).toContain(1);
  });
});

describe('a clock that is not believed (row 12)', () => {
  const at = (shift: number, passed: number | null = 60_000): ClockFacts => ({
    ...CLOCK,
    now: new Date(NOW.getTime() + shift),
    passed,
  });

  test.each([
    ['a day ahead', at(DAY), 'clock-jumped'],
    ['a day back', at(-DAY), 'clock-went-back'],
    ['back before what was last written', { ...at(-3_600_000, null) }, 'clock-went-back'],
    ['after days without a word', at(3 * DAY, null), 'long-silence'],
  ] as const)('%s deletes nothing, and says why', (_what, clock, reason) => {
    expect(decide(daily(60), clock).paused).toBe(reason);
    expect(expired(daily(60), clock)).toEqual([]);
  });

  test('a backup that says it is older than the one before it pauses deletion', () => {
    const backups = daily(60, (number) => (number === 50 ? { takenAt: new Date(NOW.getTime() - 45 * DAY) } : {}));
    expect(decide(backups).paused).toBe('times-disagree');
    expect(expired(backups)).toEqual([]);
  });

  test('a clock that goes on, is put right by a minute or changes to summer time pauses nothing', () => {
    for (const clock of [CLOCK, at(60_000), at(-60_000), at(DAY, DAY + 60_000), at(30 * 3_600_000, null)]) {
      expect(decide(daily(60), clock).paused).toBeNull();
    }
    // The change of the clocks moves the hour of a day, and not the instant.
    expect(expired(daily(60)).length).toBe(30);
  });

  test('a later backup is the newer one, whatever the times say', () => {
    const backups = daily(60, (number) => ({ restoreVerified: number === 58 || number === 3 })).map((backup) =>
      backup.number === 3 ? { ...backup, takenAt: new Date(NOW.getTime() - 60_000) } : backup,
    );
    expect(decide(backups).verdicts.find(({ number }) => number === 58)?.reason).toBe('newest-restore-verified');
  });
});

const facts = fc
  .array(
    fc.record({
      days: fc.integer({ min: 0, max: 4000 }),
      held: fc.boolean(),
      restoreVerified: fc.boolean(),
      deepVerified: fc.boolean(),
      damaged: fc.boolean(),
      inUse: fc.constantFrom(null, 'DRILL-1'),
      pending: fc.boolean(),
      needsPrevious: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  .map((all) =>
    all.map(({ days, needsPrevious, ...rest }, index) =>
      aged(index + 1, days, { ...rest, needs: needsPrevious && index > 0 ? index : null }),
    ),
  );
const terms = fc.record({
  keep: fc.constantFrom(7 * DAY, 30 * DAY, 90 * DAY, 365 * DAY, 7 * 365 * DAY, null),
  keepAtLeast: fc.integer({ min: 1, max: 12 }),
});
const clocks = fc.record({
  now: fc.integer({ min: -5000, max: 5000 }).map((hours) => new Date(NOW.getTime() + hours * 3_600_000)),
  lastSeenAt: fc.constantFrom(null, CLOCK.lastSeenAt),
  passed: fc.constantFrom(null, 60_000),
});

test('whatever there is and whatever the clock says, the good ones that must stay do (I3)', () => {
  fc.assert(
    fc.property(facts, terms, clocks, (backups, how, clock) => {
      const { verdicts, paused } = decideRetention(backups, how, clock);
      expect(verdicts.map(({ number }) => number).sort((a, b) => a - b)).toEqual(backups.map(({ number }) => number));
      const gone = new Set(verdicts.filter(({ keep }) => !keep).map(({ number }) => number));
      if (paused !== null) expect(gone.size).toBe(0);
      const good = backups.filter(({ damaged }) => !damaged).reverse();
      for (const { number } of good.slice(0, how.keepAtLeast)) expect(gone).not.toContain(number);
      for (const proof of ['restoreVerified', 'deepVerified'] as const) {
        const newest = good.find((backup) => backup[proof]);
        const outdone =
          proof === 'deepVerified' && good.some((one) => one.restoreVerified && one.number > (newest?.number ?? 0));
        if (newest !== undefined && !outdone) expect(gone).not.toContain(newest.number);
      }
      for (const { number, held, inUse, needs, takenAt } of backups) {
        if (held || inUse !== null) expect(gone).not.toContain(number);
        if (needs !== null && !gone.has(number)) expect(gone).not.toContain(needs);
        if (gone.has(number))
          expect(clock.now.getTime() - takenAt.getTime()).toBeGreaterThanOrEqual(how.keep ?? Infinity);
      }
    }),
  );
});
