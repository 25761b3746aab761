import { expect, it } from 'vitest';
import { periodName } from '../../../src/domain/digest/period.ts';
import { parseReport } from '../../../src/domain/duty/report-command.ts';
import { incidentSpec, now } from '../../support/incident-spec.ts';

it.each<[string, string]>([
  ['', 'Q4 2026 null'],
  ['month', 'November 2026 null'],
  ['Quarter', 'Q4 2026 null'],
  ['2026-Q3', 'Q3 2026 null'],
  ['2026q3 platform', 'Q3 2026 platform'],
  ['managers 2026-02', 'February 2026 managers'],
])('"%s" is read as %s', (typed, expected) => {
  const read = parseReport(typed, incidentSpec, now);
  expect(read.ok && `${periodName(read.value.period)} ${read.value.owner}`).toBe(expected);
});

it.each<[string, string]>([
  ['2026-Q5', '"2026-Q5" is no period of a report. Write `month`, `quarter`'],
  ['2026-13', '"2026-13" is no period'],
  ['platfrom', 'Did you mean `platform`?'],
])('"%s" is refused: %s', (typed, expected) => {
  const read = parseReport(typed, incidentSpec, now);
  expect(read.ok ? '' : read.problem).toContain(expected);
});
