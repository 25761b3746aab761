import { describe, expect, it } from 'vitest';
import { type BudgetDecision, decideWarnings, type WarningKey } from '../../../src/domain/uptime/warning.ts';
import { clock, type Told, uptimeFacts, uptimeSpec } from '../../support/uptime-facts.ts';
import { anSlo } from '../../support/uptime-story.ts';

const MINUTE = 60_000;
/** 99.9% of November leaves 43 minutes, of which a fiftieth is less than two looks: of 99.5% it leaves more than three hours. */
const ONE = { period: 'month', uptime: 99.5, maxDowntime: null } as const;

function decided(
  told: Told,
  at: string,
  before: readonly WarningKey[] = [],
  quiet: 'muted' | 'planned' | null = null,
): BudgetDecision {
  const now = new Date(clock(at));
  const all: Told = { up: [['01 00:00', '21 14:00']], slo: ONE, ...told };
  const [slo = anSlo()] = uptimeSpec(all).slo;
  const [first] = decideWarnings({ slo, facts: uptimeFacts(all, now), zone: 'UTC', now, told: before, quiet });
  if (first === undefined) throw new Error('it has no budget');
  return first;
}
const claimed = ({ claims }: BudgetDecision) => claims.map(({ warning }) => warning);

describe('news of a budget', () => {
  it.each<[string, Told['down'], string, string[]]>([
    ['none while nothing is spent', [], '21 14:30', []],
    ['a fiftieth of it in an hour, as long as it goes on', [['21 14:00', '21 14:05']], '21 14:05', ['fast']],
    ['not when that is less', [['21 14:00', '21 14:04']], '21 14:04', []],
    ['not when it is over', [['21 14:00', '21 14:05']], '21 14:15', []],
    ['a twentieth of it in six hours', [['21 14:00', '21 14:11']], '21 14:25', ['steady']],
    ['half of it', [['21 10:00', '21 11:50']], '21 14:00', ['half', 'slow']],
    ['all of it, which is half of it too', [['21 09:00', '21 13:00']], '21 14:00', ['all', 'half']],
  ])('%s', (_what, down = [], at, expected) => {
    const up: Told['up'] =
      down.length === 0
        ? [['01 00:00', '21 14:30']]
        : [
            ['01 00:00', '21 09:00'],
            [down[0]?.[1] ?? '', at],
          ];
    expect(claimed(decided({ up, down }, at)).sort()).toEqual([...expected].sort());
  });

  it('is told once while it stands, and again when it comes again after a calm hour', () => {
    const outage: Told = {
      up: [
        ['01 00:00', '21 14:00'],
        ['21 14:10', '21 16:00'],
      ],
      down: [['21 14:00', '21 14:10']],
    };
    const first = decided(outage, '21 14:10');
    expect([first.reason, claimed(first), first.news?.warning]).toEqual(['told', ['fast'], 'fast']);
    expect(first.news?.burnt).toEqual({ spent: 10 * MINUTE, within: 60 * MINUTE });
    const again = decided(outage, '21 14:12', first.claims);
    expect([again.reason, again.over]).toEqual(['told-already', []]);
    // Calm, and not long enough to be forgotten.
    expect(decided(outage, '21 14:40', first.claims).over).toEqual([]);
    expect(decided(outage, '21 15:30', first.claims).over).toEqual(first.claims);
  });

  it('says half and all but not how fast of a budget that two looks would spend', () => {
    const told: Told = { slo: { period: 'month', uptime: 99.99, maxDowntime: null }, down: [['21 14:00', '21 14:03']] };
    expect(claimed(decided(told, '21 14:03'))).toEqual(['half']);
  });

  it('waits while its checks are muted or work is under way, and takes nothing for told', () => {
    const told: Told = { down: [['21 14:00', '21 14:10']] };
    for (const quiet of ['muted', 'planned'] as const) {
      expect(decided(told, '21 14:10', [], quiet)).toMatchObject({ reason: `quiet-${quiet}`, news: null, claims: [] });
    }
  });

  it('spends nothing in announced work', () => {
    const span = { startsAt: clock('21 14:00'), endsAt: clock('21 16:00'), started: { at: clock('21 14:00') } };
    const windows = [{ planned: clock('20 08:00'), announced: clock('20 09:00'), ...span }];
    expect(decided({ down: [['21 14:00', '21 15:00']], windows }, '21 15:00').reason).toBe('within-budget');
  });

  it('begins anew with the period', () => {
    const told: Told = { up: [['01 00:00', '21 09:00']], down: [['21 09:00', '21 14:00']] };
    const old = decided(told, '21 14:00').claims.map((one) => ({ ...one, period: '2026-10' }));
    expect(claimed(decided(told, '21 14:00', old))).toEqual(['all', 'half']);
  });
});
