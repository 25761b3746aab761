import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Check } from '../../../src/domain/spec/watching.ts';
import { accountOf, timesOf } from '../../../src/domain/uptime/account.ts';
import { factsOf } from '../../../src/domain/uptime/promise.ts';
import type { Answered } from '../../../src/domain/uptime/standing.ts';
import { aCheck } from '../../support/check-story.ts';
import { countMinutes, type Simulation } from '../../support/uptime-minutes.ts';
import { incidentAfter, type Look, windowAfter } from '../../support/uptime-story.ts';

const MINUTE = 60_000;
/** Twelve hours around the hour that Paris repeats. */
const FROM = Date.parse('2026-10-24T20:00:00Z');
const LENGTH = 720;

/** What the store makes of looks: the same answer in a row as one. */
function answeredOf(check: string, looks: readonly Look[], every: number, now: number): Answered[] {
  const all: Answered[] = [];
  for (const [index, { at, answer }] of looks.entries()) {
    const silence = (looks[index + 1]?.at ?? now) - at;
    const to = at + (silence <= 2 * every ? silence : every);
    const last = all.at(-1);
    if (last !== undefined && last.answer === answer && last.to === at) {
      all[all.length - 1] = { ...last, to, looks: last.looks + 1 };
    } else all.push({ check, from: at, to, answer, looks: 1, detail: null });
  }
  return all;
}

function reckoned(simulation: Simulation, now: number) {
  const checks = simulation.checks.map(({ every, failAfter, recoverAfter }, index) =>
    aCheck({ key: `check-${index}`, every, failAfter, recoverAfter }),
  );
  const answers = simulation.checks.flatMap(({ looks, every }, index) =>
    answeredOf(`check-${index}`, looks, every, now),
  );
  const yardstick = { service: 'checkout', checks: checks as Check[], severities: simulation.severities };
  const facts = factsOf(
    { ...yardstick, excludeWindows: true },
    {
      answers,
      incidents: simulation.incidents.map((one, index) => incidentAfter(index + 1, one)),
      windows: simulation.windows.map((one, index) => windowAfter(index + 1, one)),
    },
    { checks, slo: [], targets: {} },
    new Date(now),
  );
  return timesOf(accountOf(facts, { from: FROM, to: now }));
}

const minute = (max = LENGTH) => fc.integer({ min: -30, max }).map((count) => FROM + count * MINUTE);
const check = fc.integer({ min: 1, max: 10 }).chain((every) =>
  fc.record({
    every: fc.constant(every * MINUTE),
    failAfter: fc.integer({ min: 1, max: 3 }),
    recoverAfter: fc.integer({ min: 1, max: 3 }),
    // Mostly one after the other, sometimes late, sometimes after a night in which nobody asked.
    looks: fc
      .array(
        fc.record({
          wait: fc.oneof(
            { weight: 8, arbitrary: fc.constant(every) },
            { weight: 2, arbitrary: fc.integer({ min: 1, max: 3 * every }) },
            fc.integer({ min: 1, max: 90 }),
          ),
          answer: fc.constantFrom<Look['answer'][]>('ok', 'ok', 'ok', 'failing', 'failing', 'could-not-tell'),
        }),
        { maxLength: 60 },
      )
      .map((waits) => {
        let at = FROM - 20 * MINUTE;
        return waits
          .map(({ wait, answer }) => {
            at += wait * MINUTE;
            return { at, answer };
          })
          .filter((look) => look.at <= FROM + LENGTH * MINUTE);
      }),
  }),
);
const incident = fc
  .tuple(
    minute(),
    fc.array(fc.tuple(fc.integer({ min: 0, max: 120 }), fc.constantFrom('SEV1', 'SEV2', 'SEV1', 'end')), {
      maxLength: 6,
    }),
  )
  .map(([declared, all]) => {
    let at = declared;
    let isOver = false;
    const moves = all.map(([wait, what]) => {
      at += wait * MINUTE;
      if (what !== 'end' && isOver) {
        isOver = false;
        return { at, what: 'reopened' as const };
      }
      if (what !== 'end') return { at, what: what as 'SEV1' | 'SEV2' };
      isOver = true;
      return { at, what: 'resolved' as const };
    });
    return { declared, moves: moves.filter((one) => one.at <= FROM + LENGTH * MINUTE) };
  })
  .filter(({ declared }) => declared <= FROM + LENGTH * MINUTE);
const window = fc
  .tuple(
    minute(),
    fc.integer({ min: 10, max: 180 }),
    fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 4, maxLength: 4 }),
    fc.nat(5),
  )
  .map(([startsAt, length, [late = 0, told = 0, more = 0, over = 0], kind]) => {
    const endsAt = startsAt + length * MINUTE;
    const started = startsAt + (kind === 1 ? late : 0) * MINUTE;
    const extendedAt = endsAt + (kind === 2 ? told - 60 : -5) * MINUTE;
    return {
      ...{ planned: startsAt - 1440 * MINUTE, startsAt, endsAt },
      ...(kind === 3 ? {} : { announced: startsAt - 15 * MINUTE }),
      ...(kind === 4
        ? { cancelled: startsAt - MINUTE }
        : { started: { at: started, saidAt: started + (kind === 3 ? 7 : 0) * MINUTE } }),
      ...(kind === 2 && extendedAt > started
        ? { extended: [{ at: extendedAt, to: endsAt + (60 + more) * MINUTE }] }
        : {}),
      ...(kind === 5 || kind === 4 ? {} : { ended: Math.max(started + 8 * MINUTE, endsAt + (over - 40) * MINUTE) }),
    };
  });

describe('what a service was', () => {
  it('comes to the same when every minute is asked by itself', () => {
    fc.assert(
      fc.property(
        fc.record({
          checks: fc.array(check, { maxLength: 3 }),
          incidents: fc.array(incident, { maxLength: 3 }),
          windows: fc.array(window, { maxLength: 3 }),
          severities: fc.constantFrom<Simulation['severities'][]>(['SEV1'], ['SEV1', 'SEV2'], []),
        }),
        fc.integer({ min: 0, max: LENGTH }),
        (simulation, length) => {
          const now = FROM + length * MINUTE;
          // What comes after now has not happened.
          const before = {
            ...simulation,
            checks: simulation.checks.map((one) => ({ ...one, looks: one.looks.filter(({ at }) => at <= now) })),
          };
          expect(reckoned(before, now)).toEqual(countMinutes(before, [{ from: FROM, to: now }], now)[0]);
        },
      ),
      { numRuns: 150 },
    );
  });
});
