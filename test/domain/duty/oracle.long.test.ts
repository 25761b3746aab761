import { describe, expect, it } from 'vitest';
import { IntlClock } from './intl-oracle.ts';
import { disagreement, FROM, TO, ZONES } from './oracle-compare.ts';
import { FORMS, isDaily } from './oracle-forms.ts';

describe.each(ZONES)('every day of thirty years in %s', (zone) => {
  const clock = new IntlClock(zone);

  it.each(FORMS.filter(isDaily))('%j', (...form) => {
    expect(disagreement(clock, zone, form, FROM, TO)).toBeUndefined();
  });
});
