import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isNewsOf, lookForAlert } from '../../../src/domain/alert/missing.ts';

const at = (minute: number) => new Date(Date.parse('2026-11-21T14:00:00.000Z') + minute * 60_000);
/** Told of and found before; missing since minute 20. */
const watched = { toldAt: at(0), seenAt: at(10), missingSince: at(20), isEnded: false };
const gone = { isThere: false, upSince: at(0) };

it.each([
  ['that is found, is there', {}, { isThere: true }, 30, 'is-there'],
  ['that is found in one while another is away, is there', {}, { isThere: true, upSince: null }, 30, 'is-there'],
  ['that one which does not answer may have, is not judged', {}, { upSince: null }, 30, 'could-not-ask'],
  ['that none of them ever had, comes from another one', { seenAt: null }, {}, 30, 'never-seen-there'],
  ['that is missing for the first time, is looked for again', { missingSince: null }, {}, 20, 'missing-first'],
  ['that is missing for a moment, is looked for again', {}, {}, 22, 'missing-again'],
  ['that is missing for some minutes, has ended', {}, {}, 23, 'ended-unseen'],
  ['that was told of since it was missing, is missing anew', { toldAt: at(21) }, {}, 30, 'missing-first'],
  ['that a restart may have lost, is waited for', {}, { upSince: at(25) }, 34, 'just-started'],
  ['that was missing before a restart, is missing anew after it', {}, { upSince: at(25) }, 35, 'missing-first'],
  ['that had ended, and is missing as before, stays so', { isEnded: true }, {}, 40, 'stays-ended'],
  ['that had ended, and is found, fires again', { isEnded: true }, { isThere: true, upSince: null }, 40, 'fires-again'],
  ['that was missing too soon after a start, is missing anew', {}, { upSince: at(11) }, 30, 'missing-first'],
] as const)('an alert %s', (_what, alert, there, minute, reason) => {
  expect(lookForAlert({ ...watched, ...alert }, { ...gone, ...there }, at(minute))).toBe(reason);
});

it('of what is found as it was nothing is kept, once it was found since it was told of', () => {
  const found = { ...watched, missingSince: null };
  expect(isNewsOf(found, 'is-there')).toBe(false);
  for (const more of [{ seenAt: null }, { toldAt: at(10) }, { missingSince: at(20) }])
    expect(isNewsOf({ ...found, ...more }, 'is-there')).toBe(true);
});

it('nothing that fires is believed to have ended while Alertmanager is restarted again and again and told of it within 9 minutes', () => {
  const restarts = fc.array(
    fc.record({ after: fc.integer({ min: 1, max: 40 }), told: fc.integer({ min: 0, max: 9 }) }),
    {
      minLength: 1,
      maxLength: 6,
    },
  );
  fc.assert(
    fc.property(restarts, (all) => {
      let alert: Parameters<typeof lookForAlert>[0] = {
        toldAt: at(0),
        seenAt: at(1),
        missingSince: null,
        isEnded: false,
      };
      let minute = 1;
      for (const { after, told } of all) {
        const up = minute;
        for (; minute < up + after; minute += 1) {
          const reason = lookForAlert(alert, { isThere: minute >= up + told, upSince: at(up) }, at(minute));
          expect(reason).not.toBe('ended-unseen');
          if (reason === 'is-there') alert = { ...alert, seenAt: at(minute), missingSince: null };
          if (reason === 'missing-first') alert = { ...alert, missingSince: at(minute) };
        }
      }
    }),
  );
});
