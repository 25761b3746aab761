import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckStatus } from '../../../src/domain/health/state.ts';
import type { CheckView } from '../../../src/domain/health/view.ts';
import { IMPACTS } from '../../../src/domain/incident/public-note.ts';
import type { Severity } from '../../../src/domain/incident/severity.ts';
import { headlineOf, serviceState, worstState } from '../../../src/domain/status/service-state.ts';
import { standing } from '../../support/status-story.ts';

const MUTE = { until: '2026-11-22T00:00:00.000Z', reason: 'noise', by: { kind: 'system', job: 'x' }, at: '' } as const;

function check(status: CheckStatus, change: { severity?: Severity; muted?: boolean; away?: boolean } = {}): CheckView {
  const [view] = standing();
  if (view === undefined) throw new Error('the spec has no check');
  const { severity = null, muted = false, away = false } = change;
  return {
    ...view,
    state: { ...view.state, status, severity, mute: muted ? MUTE : null },
    notConnected: away ? 'There is none here' : null,
  };
}

/** A figure with a bound, which is a check too. */
function threshold(status: CheckStatus, severity: Severity | null = null): CheckView {
  const view = check(status, severity === null ? {} : { severity });
  const { key, title, every, timeout, clause } = view.check;
  const bound = { is: '>', than: { value: 1, quantity: 'count' } } as const;
  const rule = { every, timeout, clause, failAfter: 1, recoverAfter: 1, dependsOn: [], for: 0 };
  return {
    ...view,
    check: {
      kind: 'threshold',
      key,
      title,
      ...rule,
      metric: 'errors',
      quantity: 'count',
      statistic: 'last',
      breach: bound,
    },
  };
}

const stateOf = (
  checks: readonly CheckView[],
  impacts: readonly ('none' | 'degraded' | 'outage')[] = [],
  inWindow = false,
) => serviceState({ checks, impacts, inWindow });

describe('a service', () => {
  it.each([
    ['is operational while every check is well', [check('ok'), check('ok')], 'operational', 'all-well'],
    ['is degraded while one of its checks fails', [check('ok'), check('failing')], 'degraded', 'some-checks-fail'],
    ['is degraded by one that flaps', [check('ok'), check('flapping')], 'degraded', 'some-checks-fail'],
    ['is degraded by one whose failing is held', [check('ok'), check('held')], 'degraded', 'some-checks-fail'],
    ['is out while all of its checks fail', [check('failing'), check('held')], 'outage', 'all-checks-fail'],
    [
      'is out by one of the worst severity',
      [check('ok'), check('failing', { severity: 'SEV1' })],
      'outage',
      'worst-severity',
    ],
    ['is not green while one check does not know', [check('ok'), check('unknown')], 'unknown', 'not-all-known'],
    [
      'says more of what fails than of what is not known',
      [check('failing'), check('unknown')],
      'degraded',
      'some-checks-fail',
    ],
    ['is unknown without checks', [], 'unknown', 'nothing-to-ask'],
    ['is unknown where none is connected', [check('ok', { away: true })], 'unknown', 'nothing-to-ask'],
    [
      'takes no notice of what is not connected',
      [check('ok'), check('unknown', { away: true })],
      'operational',
      'all-well',
    ],
    ['takes no notice of a muted failure', [check('ok'), check('failing', { muted: true })], 'operational', 'all-well'],
    ['is not green because its only check is muted', [check('failing', { muted: true })], 'unknown', 'nothing-to-ask'],
    ['is degraded by a figure beyond its bound', [check('ok'), threshold('failing')], 'degraded', 'some-checks-fail'],
    [
      'is not out because of figures alone',
      [threshold('failing', 'SEV1'), threshold('failing')],
      'degraded',
      'some-checks-fail',
    ],
    ['is out while all that answers fails', [check('failing'), threshold('ok')], 'outage', 'all-checks-fail'],
    ['is green where a figure is missing', [check('ok'), threshold('unknown')], 'operational', 'all-well'],
    ['is unknown where only figures are asked and missing', [threshold('unknown')], 'unknown', 'not-all-known'],
    ['is green by a muted check that is well', [check('ok', { muted: true })], 'operational', 'all-well'],
  ] as const)('%s', (_name, checks, state, reason) => {
    expect(stateOf(checks)).toEqual({ state, reason });
  });

  it('is as bad as a published incident says, and never better than its checks say', () => {
    expect(stateOf([check('ok')], ['degraded'])).toEqual({ state: 'degraded', reason: 'incident' });
    expect(stateOf([check('ok')], ['none', 'outage'])).toEqual({ state: 'outage', reason: 'incident' });
    expect(stateOf([check('failing')], ['degraded']).state).toBe('outage');
    expect(stateOf([check('ok')], ['none'])).toEqual({ state: 'operational', reason: 'all-well' });
  });

  it('is in maintenance whatever its checks say, unless people were told of an outage', () => {
    expect(stateOf([check('failing')], [], true)).toEqual({ state: 'maintenance', reason: 'window' });
    expect(stateOf([check('ok')], ['outage'], true).state).toBe('outage');
  });

  it('is operational for no other reason than that all it knows is well', () => {
    const anyCheck = fc
      .record({
        status: fc.constantFrom<CheckStatus>('ok', 'failing', 'flapping', 'held', 'unknown'),
        muted: fc.boolean(),
        away: fc.boolean(),
      })
      .map(({ status, ...change }) => check(status, change));
    const situation = fc.record({
      checks: fc.array(anyCheck, { maxLength: 5 }),
      impacts: fc.array(fc.constantFrom(...IMPACTS), { maxLength: 3 }),
      inWindow: fc.boolean(),
    });
    fc.assert(
      fc.property(situation, (facts) => {
        const { state } = serviceState(facts);
        if (state !== 'operational') return;
        expect(facts.inWindow || facts.impacts.some((impact) => impact !== 'none')).toBe(false);
        expect(
          facts.checks.some(({ state: { status }, notConnected }) => status === 'ok' && notConnected === null),
        ).toBe(true);
        const spoken = facts.checks.filter(
          ({ state: { mute }, notConnected }) => mute === null && notConnected === null,
        );
        expect(spoken.every(({ state: { status } }) => status === 'ok')).toBe(true);
      }),
    );
  });
});

describe('the headline', () => {
  it('is that of the worst service, and says whether it is all of them', () => {
    expect(worstState(['operational', 'maintenance', 'degraded'])).toBe('degraded');
    expect(worstState(['operational', 'unknown'])).toBe('unknown');
    expect(worstState([])).toBe('unknown');
    expect(headlineOf('outage', ['outage', 'operational'])).toBe('Some services are down');
    expect(headlineOf('outage', ['outage', 'outage'])).toBe('All services are down');
    expect(headlineOf('operational', ['operational'])).toBe('All services are operational');
  });
});
