import { describe, expect, it } from 'vitest';
import type { Budget } from '../../../src/domain/uptime/budget.ts';
import { uptimePeriod } from '../../../src/domain/uptime/period.ts';
import type { UptimeGlance } from '../../../src/domain/uptime/report.ts';
import { digestOf } from '../../support/digest-facts.ts';
import { aDuty, specWith } from '../../support/duty-spec.ts';
import { anSlo } from '../../support/uptime-story.ts';

const MINUTE = 60_000;
const times = { up: 100 * MINUTE, down: 0, unknown: 0, excluded: 0 };
const hour = { objective: 'maxDowntime', target: 60 * MINUTE, total: 60 * MINUTE } as const;

/** A promise of an hour's downtime, of which so many minutes are spent; undefined where nothing is known. */
function promise(slo: string, spent: number | undefined): UptimeGlance {
  const period = uptimePeriod('quarter', new Date('2026-03-18T08:00:00Z'), 'UTC');
  const known = spent === undefined ? { ...times, up: 0 } : times;
  const budgets: Budget[] =
    spent === undefined ? [] : [{ ...hour, spent: spent * MINUTE, left: (60 - spent) * MINUTE }];
  return {
    slo,
    service: 'Shop',
    period,
    budgets,
    times: known,
    month: known,
    quarter: known,
    year: known,
    partly: false,
  };
}

const spec = {
  ...specWith(aDuty()),
  slo: ['shop', 'search', 'mail', 'files'].map((key) => anSlo({ key, title: `${key} is up` })),
};
const told = (...uptime: UptimeGlance[]) => digestOf({ uptime, spec }, ['uptime']);

describe('what a team is told of its promises in the morning', () => {
  it('is which are broken or in danger, and how much was spent', () => {
    const [section] = told(
      promise('shop', 72),
      promise('search', 50),
      promise('mail', 31),
      promise('files', 30),
    ).sections;
    expect(section).toMatchObject({ sum: '1 uptime promise broken, 2 uptime promises in danger', more: '/ops uptime' });
    expect(section?.lines.map(({ mark, title, said }) => [mark, title, said])).toEqual([
      ['failed', 'shop is up', 'broken: 1 h 12 min of 1 h down this quarter'],
      ['late', 'search is up', '50 min of 1 h down this quarter'],
      ['due', 'mail is up', '31 min of 1 h down this quarter'],
    ]);
  });

  it('is half a line when all is kept, and nothing of one of which nothing is known', () => {
    expect(told(promise('shop', 3), promise('search', 0), promise('mail', undefined))).toMatchObject({
      sections: [],
      green: ['2 uptime promises kept'],
    });
    expect(told(promise('mail', undefined)).green).toEqual([]);
    expect(told().green).toEqual([]);
  });
});
