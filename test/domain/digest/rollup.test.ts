import { describe, expect, it } from 'vitest';
import { hasAnything } from '../../../src/domain/digest/rollup.ts';
import { happened, ran, weekBack } from '../../support/rollup-story.ts';

describe('a look back over a week', () => {
  it('counts what fell due in it, and what fell due in the week before', () => {
    const { now, earlier } = weekBack({
      runs: [
        ran('2026-03-10', 'done'),
        ran('2026-03-11', 'done'),
        ran('2026-03-16', 'done'),
        ran('2026-03-17', 'missed'),
        ran('2026-03-18', 'waived'),
        ran('2026-03-23', 'due'),
      ],
    });
    expect(now).toMatchObject({ rate: 0.5, duties: { total: 3, done: 1, missed: 1, waived: 1 } });
    expect(earlier).toMatchObject({ rate: 1, duties: { total: 2, done: 2 } });
  });

  it('counts incidents by severity and says how long they took on average', () => {
    const { now, earlier } = weekBack({
      incidents: [
        happened('2026-03-12', 60),
        happened('2026-03-16', 30),
        happened('2026-03-17', 90, { severity: 'SEV3' }),
        happened('2026-03-18', 0, { severity: null, acknowledgedAt: null, resolvedAt: null }),
      ],
    });
    expect(now.incidents).toEqual({
      total: 3,
      bySeverity: { SEV1: 1, SEV2: 0, SEV3: 1, SEV4: 0, unrated: 1 },
      acknowledgedIn: 10 * 60_000,
      resolvedIn: 60 * 60_000,
    });
    expect(earlier.incidents).toMatchObject({ total: 1, resolvedIn: 60 * 60_000 });
    expect(weekBack({}).now.incidents).toMatchObject({ acknowledgedIn: null, resolvedIn: null });
  });

  it('counts until it is said while the week lasts', () => {
    const runs = [ran('2026-03-20', 'done'), ran('2026-03-21', 'due')];
    const friday = weekBack({ runs }, { dueAt: '2026-03-20T15:00:00Z' });
    expect(friday).toMatchObject({ isOver: false, until: '2026-03-20T15:00:00.000Z', now: { duties: { total: 1 } } });
    expect(weekBack({ runs })).toMatchObject({ isOver: true, now: { duties: { total: 2 } } });
  });

  it('counts what the team answers for, also when it is done with a duty of another team', () => {
    const theirs = ran('2026-03-18', 'done', { duty: 'yearly', occurrence: '2026-03-02T10:00', owner: 'web' });
    const runs = [ran('2026-03-18', 'satisfied'), theirs, ran('2026-03-19', 'missed', { owner: 'web' })];
    expect(weekBack({ runs }).now).toMatchObject({ rate: 1, duties: { total: 1, done: 1 } });
    expect(weekBack({ runs }, { team: null }).now).toMatchObject({ duties: { total: 3, done: 2, missed: 1 } });
  });

  it('names what was not done, and how much more there is', () => {
    const runs = ['16', '17', '18', '19', '20', '21'].map((day, index) =>
      ran(`2026-03-${day}`, index % 2 === 0 ? 'missed' : 'late', { number: index + 1 }),
    );
    const { worst, worstCount } = weekBack({ runs });
    expect([worst.map(({ number }) => number), worstCount]).toEqual([[1, 2, 3, 4, 5], 6]);
  });

  it('of everybody has a line for each team, the worst first, and for each type of maintenance', () => {
    const runs = [ran('2026-03-16', 'done'), ran('2026-03-17', 'missed', { owner: 'silent', type: 'adaptive' })];
    const { name, byOwner, byType } = weekBack({ runs }, { team: null });
    expect(name).toBe('Acme operations');
    expect(byOwner.map((one) => one.name)).toEqual(['Team without a channel', 'Database team']);
    expect(byType.map(({ type }) => type)).toEqual(['adaptive', 'preventive']);
    expect(weekBack({ runs })).toMatchObject({ byOwner: [], byType: [] });
  });

  it('shows six weeks in its picture, and knows when there is nothing to show', () => {
    const { bars } = weekBack({ runs: [ran('2026-02-09', 'done')] });
    expect(bars.map(({ mark }) => mark)).toEqual(['W7', 'W8', 'W9', 'W10', 'W11', 'W12']);
    expect(bars[0]?.figures.duties.done).toBe(1);
    expect(hasAnything({ bars })).toBe(true);
    expect(hasAnything(weekBack({ runs: [ran('2026-02-08', 'done')] }))).toBe(false);
  });
});
