import { describe, expect, it } from 'vitest';
import { occurrences } from '../../../src/domain/duty/recurrence.ts';
import { DAY, HOUR, IntlClock, MINUTE } from './intl-oracle.ts';
import { disagreement, FROM, firstDifference, TO, ZONES } from './oracle-compare.ts';
import { FORMS, isDaily } from './oracle-forms.ts';
import { readWhen } from './when-harness.ts';

// What happens every day is compared near clock changes only; oracle.long.test.ts has all of its days.
describe.each(ZONES)('thirty years in %s, read off Intl minute by minute where clocks change', (zone) => {
  const clock = new IntlClock(zone);
  const changes = clock.changes(FROM, TO);

  it.each(FORMS)('%j', (...form) => {
    const ranges = isDaily(form) ? changes.map((at) => [at - DAY, at + DAY] as const) : [[FROM, TO] as const];
    for (const [from, to] of ranges) expect(disagreement(clock, zone, form, from, to)).toBeUndefined();
  });

  it.each<[unknown, (minute: number) => boolean]>([
    [{ every: 'hour' }, (minute) => minute === 0],
    [{ every: '15 minutes' }, (minute) => minute % 15 === 0],
    [{ cron: '*/30 * * * *' }, (minute) => minute % 30 === 0],
    [{ cron: '7 * * * *' }, (minute) => minute === 7],
    [{ cron: '* * * * *' }, () => true],
  ])('%j runs wherever the hands show its minute, around every clock change', (written, isAt) => {
    const when = readWhen(written);
    for (const change of changes) {
      const expected: string[] = [];
      for (let at = change - 3 * HOUR; at <= change + 3 * HOUR; at += MINUTE) {
        const local = clock.reading(at);
        if (isAt(Number(local.slice(14)))) expected.push(`${local} ${at}`);
      }
      const range = { zone, from: new Date(change - 3 * HOUR), to: new Date(change + 3 * HOUR) };
      const found = occurrences(when, range).map(({ local, at }) => `${local} ${at.getTime()}`);
      expect(firstDifference(found, expected)).toBeUndefined();
    }
  });
});
