import { describe, expect, it } from 'vitest';
import type { DigestFacts } from '../../../src/domain/digest/facts.ts';
import { windowsWithin } from '../../../src/domain/window/recurring.ts';
import type { MaintenanceWindow } from '../../../src/domain/window/window.ts';
import { digestOf } from '../../support/digest-facts.ts';
import { HOUR, when } from '../../support/duty-spec.ts';
import { aSpecWindow, windowAt, windowSpec } from '../../support/window-story.ts';

const at = (time: string) => `2026-03-18T${time}:00.000Z`;
const window = (number: number, status: MaintenanceWindow['status'], more: Partial<MaintenanceWindow> = {}) => ({
  ...windowAt(status).window,
  number,
  ...more,
});
function section(windows: Partial<DigestFacts['windows']>, facts: Partial<DigestFacts> = {}) {
  return digestOf({ windows: { open: [], unreported: [], coming: [], ...windows }, ...facts }, ['windows']);
}

describe('the section of maintenance windows', () => {
  it('has what is over its time first, then what is under way, what comes today, and what nobody reported on', () => {
    const spec = windowSpec(
      aSpecWindow({ when: when({ every: 'day', at: '20:00', timezone: 'UTC' }), duration: HOUR }),
    );
    const coming = windowsWithin(spec, { from: new Date(at('08:00')), to: new Date(at('23:00')) });
    const open = [
      window(2, 'started', { endsAt: at('09:00') }),
      window(1, 'started', { endsAt: at('07:30') }),
      window(3, 'announced', { startsAt: at('22:00') }),
      window(4, 'planned', { startsAt: '2026-03-19T02:00:00.000Z' }),
    ];
    const { sections } = section({ open, unreported: [window(5, 'ended')], coming }, { spec });
    expect(sections[0]?.sum).toBe('1 over time, 1 under way, 2 windows today, 1 without a report');
    expect(sections[0]?.lines.map(({ mark, subject, title }) => `${mark} ${subject ?? title}`)).toEqual([
      'late WIN-1',
      'due WIN-2',
      'coming Work on the database',
      'coming WIN-3',
      'owed WIN-5',
    ]);
  });

  it('has those of the team and those that touch its services, and no others', () => {
    const others = { owner: 'platform', services: ['search'] };
    const touching = { owner: 'platform', services: ['checkout'] };
    const open = [window(1, 'started', { ...others }), window(2, 'started', { ...touching })];
    const spec = {
      ...windowSpec(),
      services: { checkout: { name: 'Checkout', team: 'dba' }, search: { name: 'Search' } },
    };
    expect(section({ open }, { spec }).sections[0]?.lines.map(({ subject }) => subject)).toEqual(['WIN-2']);
  });

  it('says that there is none today where there might be, and nothing to a team that never has any', () => {
    expect(section({}, { spec: windowSpec() }).green).toEqual(['no maintenance today']);
    expect(section({}).green).toEqual([]);
  });
});
