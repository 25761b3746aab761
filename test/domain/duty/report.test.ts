import { describe, expect, it } from 'vitest';
import { decideDone } from '../../../src/domain/duty/done.ts';
import { completionOf, completionRate } from '../../../src/domain/duty/report.ts';
import type { DutyRun, RunStatus } from '../../../src/domain/duty/run.ts';
import { look, newRun, runAt, step } from '../../support/run-story.ts';

const as = (status: RunStatus, more: Partial<DutyRun> = {}): DutyRun => ({ ...runAt(status).run, ...more });
const doneLate = () => {
  const story = runAt('late');
  step(story, (run, at) => decideDone(run, { evidence: [] }, at));
  return story.run;
};
const missedUnasked = () => {
  const story = runAt('planned');
  look(story, '2026-03-03T08:00:00.000Z');
  return story.run;
};

describe('the completion of a cycle', () => {
  it.each([
    ['done', as('done')],
    ['doneLate', doneLate()],
    ['skipped', as('skipped')],
    ['missed', as('missed')],
    ['missedUnasked', missedUnasked()],
    ['waived', as('waived')],
    ['open', as('planned')],
    ['open', as('due')],
    ['openLate', as('late')],
  ] as const)('counts %s', (outcome, run) => {
    expect(completionOf([run]).all).toMatchObject({ total: 1, [outcome]: 1 });
  });

  it('is told by owner and by type', () => {
    const runs = [as('done'), as('missed', { owner: 'web', type: 'adaptive' }), as('done', { owner: 'web' })];
    const { byOwner, byType } = completionOf(runs);
    expect(Object.keys(byOwner)).toEqual(['dba', 'web']);
    expect(byOwner['web']).toMatchObject({ total: 2, done: 1, missed: 1 });
    expect(byType).toMatchObject({ adaptive: { total: 1, missed: 1 }, preventive: { total: 2, done: 2 } });
  });

  it.each([
    ['done', as('done')],
    ['missed', as('missed')],
    ['open', as('due')],
    ['doneLate', doneLate()],
  ] as const)('counts a satisfied run as %s where the one that does for it came out so', (outcome, run) => {
    const yearly = { ...run, number: 2, duty: 'yearly', occurrence: '2026-03-02T10:00' };
    expect(completionOf([as('satisfied'), yearly]).all).toMatchObject({ total: 2, [outcome]: 2 });
  });

  it('has no satisfied run done by what is not there', () => {
    expect(completionOf([as('satisfied')]).all).toMatchObject({ total: 1, open: 1, done: 0 });
  });

  it('rates what was done of what was to be done, late or not', () => {
    const rate = (...runs: DutyRun[]) => completionRate(completionOf(runs).all);
    expect(rate(as('done'), doneLate(), as('missed'), as('late'))).toBe(0.5);
    expect(rate(as('waived'), as('skipped'), as('due'))).toBeNull();
    expect(rate(newRun().run)).toBeNull();
  });
});
