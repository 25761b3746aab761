import { expect, it } from 'vitest';
import { dutyCalendar } from '../../../src/domain/spec/duty-calendar.ts';
import { readDate } from '../../../src/domain/time/day.ts';
import { loadSpec } from '../../../src/spec/load.ts';

function calendar(text: string, from: string, to: string): string[] {
  const result = loadSpec(`name: A\nteams: { ops: { name: Ops } }\n${text}`, 'ops.yml', {});
  const [first, last] = [readDate(from), readDate(to)];
  if (!result.ok || first === undefined || last === undefined) throw new Error(JSON.stringify(result));
  return dutyCalendar(result.spec, first, last).map(
    ({ duty, at, local, zone }) => `${duty} ${at.toISOString()} ${local} ${zone}`,
  );
}

const daily = (key: string, more: string) => `  - { key: ${key}, title: T, owner: ops, ${more} }`;

it('includes both days, as the spec counts them', () => {
  const text = `timezone: Pacific/Auckland\nduties:\n${daily('d', 'when: { every: day, at: ["00:00", "23:59"] }')}`;
  expect(calendar(text, '2026-03-18', '2026-03-18')).toEqual([
    'd 2026-03-17T11:00:00.000Z 2026-03-18 00:00 Pacific/Auckland',
    'd 2026-03-18T10:59:00.000Z 2026-03-18 23:59 Pacific/Auckland',
  ]);
});

it('is sorted by time, then by key', () => {
  const at = 'when: { every: day, at: "09:00" }';
  const early = 'when: { every: day, at: "09:30", timezone: Europe/Paris }';
  expect(
    calendar(`duties:\n${daily('b', at)}\n${daily('a', at)}\n${daily('c', early)}`, '2026-03-18', '2026-03-18'),
  ).toEqual([
    'c 2026-03-18T08:30:00.000Z 2026-03-18 09:30 Europe/Paris',
    'a 2026-03-18T09:00:00.000Z 2026-03-18 09:00 UTC',
    'b 2026-03-18T09:00:00.000Z 2026-03-18 09:00 UTC',
  ]);
});

it('heeds holidays and freezes as each duty asks', () => {
  const text = `\
holidays: [{ name: Christmas, on: 25 december }]
freezes: [{ name: Year end, from: 2026-12-26, to: 2026-12-27 }]
duties:
${daily('keeps', 'when: { every: year, on: 25 december, at: "10:00" }')}
${daily('skips', 'when: { every: year, on: 25 december, at: "10:00" }, onHoliday: skip')}
${daily('moves', 'when: { every: year, on: 25 december, at: "10:00" }, onHoliday: after, onFreeze: after')}
`;
  expect(calendar(text, '2026-12-20', '2026-12-31')).toEqual([
    'keeps 2026-12-25T10:00:00.000Z 2026-12-25 10:00 UTC',
    'moves 2026-12-28T10:00:00.000Z 2026-12-28 10:00 UTC',
  ]);
});
