import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { specCalendar } from '../../src/cli/spec-calendar.ts';
import { type Due, daysOf, endOfQuarter, every, everyDay, last, nth, ofMonth, ofQuarter } from './days.ts';
import { READY_SPECS, readySpec, SPECS } from './ready-specs.ts';

const YEARS = [2026, 2028] as const;

/** What the documents say of each duty; where they say only how often, the spec says which day it assumes. */
const SAID: Record<(typeof READY_SPECS)[number], Record<string, readonly [Due, string]>> = {
  kwanus: {
    'error-log-check': [everyDay, '09:00'],
    'api-latency-check': [everyDay, '09:00'],
    'database-health-check': [everyDay, '09:00'],
    'backup-check': [everyDay, '09:00'],
    'vulnerability-scan': [every('Monday'), '10:00'],
    'patch-updates': [every('Monday'), '10:00'],
    'performance-metrics-review': [every('Monday'), '10:00'],
    'error-trends-review': [every('Monday'), '10:00'],
    'data-pruning': [every('Monday'), '10:00'],
    'secret-rotation': [nth(1, 'Tuesday'), '10:00'],
    'minor-updates': [nth(1, 'Tuesday'), '10:00'],
    'index-review': [nth(1, 'Tuesday'), '10:00'],
    'load-tests': [nth(1, 'Tuesday'), '10:00'],
    'database-maintenance': [nth(1, 'Sunday'), '02:00'],
    'manual-checks': [nth(1, 'Tuesday'), '14:00'],
    'dependency-audit': [ofQuarter(nth(2, 'Wednesday')), '10:00'],
    'security-audit': [ofQuarter(nth(2, 'Wednesday')), '10:00'],
    'architecture-drift-review': [ofQuarter(nth(2, 'Wednesday')), '10:00'],
    'performance-budgets': [ofQuarter(nth(2, 'Wednesday')), '10:00'],
    'major-updates': [ofQuarter(nth(2, 'Wednesday')), '10:00'],
    'restore-test': [ofQuarter(nth(2, 'Wednesday')), '10:00'],
    'runbook-update': [ofQuarter(nth(2, 'Wednesday')), '10:00'],
    'architecture-review': [ofMonth(1, nth(2, 'Wednesday')), '10:00'],
    'annual-security-audit': [ofMonth(1, nth(2, 'Wednesday')), '10:00'],
    'annual-dependency-audit': [ofMonth(1, nth(2, 'Wednesday')), '10:00'],
    'performance-benchmark': [ofMonth(1, nth(2, 'Wednesday')), '10:00'],
    'specification-update': [ofMonth(1, nth(2, 'Wednesday')), '10:00'],
  },
  'memo-ai-coach': {
    'health-check': [everyDay, '09:00'],
    'log-review': [everyDay, '09:00'],
    'temp-file-cleanup': [everyDay, '03:00'],
    'performance-review': [every('Monday'), '10:00'],
    'database-vacuum': [every('Sunday'), '03:00'],
    'submission-retention': [every('Sunday'), '02:30'],
    'backup-verification': [every('Monday'), '10:00'],
    'authentication-log-review': [every('Monday'), '10:00'],
    'dependency-updates': [nth(1, 'Tuesday'), '10:00'],
    'security-scan': [nth(1, 'Tuesday'), '10:00'],
    'base-image-patches': [nth(1, 'Tuesday'), '10:00'],
    'capacity-review': [nth(1, 'Wednesday'), '10:00'],
    'integrity-check': [nth(1, 'Sunday'), '03:30'],
    'architecture-assessment': [ofQuarter(nth(2, 'Wednesday')), '10:00'],
    'roadmap-alignment': [ofQuarter(nth(2, 'Wednesday')), '10:00'],
    'restoration-test': [ofQuarter(nth(2, 'Wednesday')), '10:00'],
  },
  'iso-29110': {
    'backup-verification': [everyDay, '09:00'],
    'warnings-review': [everyDay, '09:00'],
    'database-vacuum': [every('Sunday'), '03:00'],
    'dependency-audit': [every('Monday'), '10:00'],
    'performance-monitoring': [every('Monday'), '10:00'],
    'dependency-updates': [nth(1, 'Tuesday'), '10:00'],
    'database-reindex': [nth(1, 'Sunday'), '03:00'],
    'access-review': [nth(1, 'Wednesday'), '10:00'],
    'secret-rotation': [ofQuarter(nth(2, 'Wednesday')), '10:00'],
    'recovery-drill': [ofQuarter(nth(2, 'Wednesday')), '14:00'],
    'performance-checklist': [ofQuarter(nth(2, 'Thursday')), '10:00'],
    'capacity-planning': [ofQuarter(nth(2, 'Thursday')), '10:00'],
    'documentation-review': [ofQuarter(nth(2, 'Thursday')), '14:00'],
    'penetration-test': [ofMonth(5, nth(2, 'Wednesday')), '10:00'],
  },
  // The one document with times of its own: the words beside each are its.
  nexus: {
    'system-health-check': [everyDay, '09:00'], // 9:00 AM
    'backup-verification': [everyDay, '06:00'], // 6:00 AM
    'security-scan': [everyDay, '02:00'], // 2:00 AM
    'performance-review': [every('Monday'), '10:00'], // Monday 10:00 AM
    'alias-cleanup': [every('Wednesday'), '14:00'], // Wednesday 2:00 PM
    'configuration-validation': [every('Friday'), '15:00'], // Friday 3:00 PM
    'database-optimization': [nth(1, 'Sunday'), '02:00'], // First Sunday 2:00 AM
    'security-review': [last('Friday'), '16:00'], // Last Friday 4:00 PM
    'capacity-planning': [nth(3, 'Wednesday'), '10:00'], // Third Wednesday 10:00 AM
    'major-updates': [endOfQuarter, '10:00'], // End of quarter
    'compliance-audit': [ofQuarter(nth(2, 'Tuesday')), '10:00'], // Quarterly
    'disaster-recovery-test': [ofQuarter(nth(2, 'Wednesday')), '10:00'], // Quarterly
    'procedures-review': [ofQuarter(nth(2, 'Thursday')), '10:00'], // quarterly
    'architecture-review': [ofMonth(2, nth(2, 'Tuesday')), '10:00'], // Annual
    'security-assessment': [ofMonth(5, nth(2, 'Tuesday')), '10:00'], // Annual
    'team-training': [ofMonth(9, nth(2, 'Tuesday')), '10:00'], // Annual
  },
};

/** `mainstay spec calendar specs/<name>.yml --from <year>-01-01 --to <year>-12-31 > specs/calendars/<name>-<year>.golden.txt` */
const golden = (name: string, year: number) => readFileSync(`${SPECS}calendars/${name}-${year}.golden.txt`, 'utf8');

/** Each line's weekday, local time and zone, and its duty's key. */
function linesOf(calendar: string) {
  return calendar.split('\n').flatMap((line) => {
    const [, weekday, date, time, zone, duty] = /^(\w{3}) (\S{10}) (\d\d:\d\d) +(\S+) .* (\S+)$/.exec(line) ?? [];
    return duty === undefined ? [] : [{ weekday, local: `${date} ${time}`, zone, duty }];
  });
}

describe.each(READY_SPECS)('the calendar of %s', (name) => {
  it.each(YEARS)('for %i is the committed one', async (year) => {
    const args = [`${SPECS}${name}.yml`, '--from', `${year}-01-01`, '--to', `${year}-12-31`];
    const printed = await specCalendar(args, { env: {}, json: false, out: () => {}, err: () => {} });
    expect(`${printed?.text}\n`).toBe(golden(name, year));
  });

  it.each(YEARS)('for %i has every day the words name, and no other', (year) => {
    const lines = linesOf(golden(name, year));
    for (const [duty, [due, time]] of Object.entries(SAID[name])) {
      const days = lines.filter((line) => line.duty === duty).map(({ local }) => local);
      expect({ duty, days }).toEqual({ duty, days: daysOf(year, due).map((day) => `${day} ${time}`) });
    }
    expect(new Set(lines.map(({ duty }) => duty))).toEqual(new Set(Object.keys(SAID[name])));
    expect(new Set(lines.map(({ zone }) => zone))).toEqual(new Set(['UTC']));
    expect(golden(name, year)).toContain(`\n\n${lines.length} due times.\n`);
  });

  it('asks for every duty of the spec', () => {
    const duties = readySpec(name).duties.map(({ key }) => key);
    expect(Object.keys(SAID[name])).toEqual(duties);
  });
});

// Days that can be looked up in any calendar: months that begin or end on the day in question, leap days, year ends.
it.each([
  ['database-optimization', 'Sun 2026-01-04 02:00'],
  ['database-optimization', 'Sun 2026-02-01 02:00'],
  ['database-optimization', 'Sun 2026-11-01 02:00'],
  ['security-review', 'Fri 2026-01-30 16:00'],
  ['security-review', 'Fri 2026-07-31 16:00'],
  ['security-review', 'Fri 2026-12-25 16:00'],
  ['capacity-planning', 'Wed 2026-03-18 10:00'],
  ['capacity-planning', 'Wed 2026-04-15 10:00'],
  ['capacity-planning', 'Wed 2026-10-21 10:00'],
  ['major-updates', 'Tue 2026-03-31 10:00'],
  ['major-updates', 'Thu 2026-12-31 10:00'],
  ['performance-review', 'Mon 2026-01-05 10:00'],
  ['database-optimization', 'Sun 2028-01-02 02:00'],
  ['database-optimization', 'Sun 2028-10-01 02:00'],
  ['security-review', 'Fri 2028-02-25 16:00'],
  ['security-review', 'Fri 2028-03-31 16:00'],
  ['capacity-planning', 'Wed 2028-02-16 10:00'],
  ['capacity-planning', 'Wed 2028-03-15 10:00'],
  ['major-updates', 'Fri 2028-06-30 10:00'],
  ['system-health-check', 'Tue 2028-02-29 09:00'],
])('nexus: %s is due on %s', (duty, due) => {
  const lines = linesOf(golden('nexus', Number(due.slice(4, 8))));
  expect(lines.filter((line) => line.duty === duty).map(({ weekday, local }) => `${weekday} ${local}`)).toContain(due);
});
