import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseAddressed,
  parseDeclare,
  parseNote,
  parseOnlyIncident,
  parseSetOwner,
  parseSetSeverity,
} from '../../../src/domain/incident/command.ts';
import { alice, now } from '../../support/incident-spec.ts';

const PARIS = 'Europe/Paris';
const NEW_YORK = 'America/New_York';

describe('declare', () => {
  it.each([
    ['sev2 Checkout is down', 'SEV2', 'Checkout is down'],
    ['SEV-1: Checkout is down', 'SEV1', 'Checkout is down'],
    ['sev 3 Slow reports', 'SEV3', 'Slow reports'],
    ['sev2', 'SEV2', ''],
    ['', null, ''],
    ['Checkout is down', null, 'Checkout is down'],
    ['2 nodes are down', null, '2 nodes are down'],
    ['Severe latency in the EU', null, 'Severe latency in the EU'],
    ['dev2 is down', null, 'dev2 is down'],
  ])('"%s" is %s, "%s"', (typed, severity, title) => {
    expect(parseDeclare(typed)).toEqual({ ok: true, value: { severity, title } });
  });

  it('names the word that is no severity, and what is allowed', () => {
    expect(parseDeclare('sev7 Checkout is down')).toEqual({
      ok: false,
      problem: '"sev7" is not a severity. Write SEV1, SEV2, SEV3 or SEV4.',
    });
  });
});

describe('an incident named first', () => {
  it.each([
    ['INC-12 Rolled back', 12, 'Rolled back'],
    ['inc12: Rolled back', 12, 'Rolled back'],
    ['INC-12', 12, ''],
    ['Rolled back', null, 'Rolled back'],
    ['incident 3 is over', null, 'incident 3 is over'],
    ['INC-12b is odd', null, 'INC-12b is odd'],
    ['INC-99999999999 Rolled back', 99_999_999_999, 'Rolled back'],
  ])('"%s" is about %s: "%s"', (typed, incident, text) => {
    expect(parseAddressed(typed)).toEqual({ incident, text });
  });
});

describe('an incident and nothing else', () => {
  it.each([
    ['INC-12', 12],
    ['inc12', 12],
    ['INC-99999999999', 99_999_999_999],
    ['', null],
  ])('"%s" is %s', (typed, incident) => {
    expect(parseOnlyIncident(typed)).toEqual({ ok: true, value: incident });
  });

  it.each([
    ['7', ' Did you mean INC-7?'],
    ['INC-12 and INC-13', ''],
    ['it', ''],
  ])('"%s" is refused, never taken for the incident of the channel', (typed, guess) => {
    const left = typed.replace('INC-12 ', '');
    expect(parseOnlyIncident(typed)).toEqual({
      ok: false,
      problem: `"${left}" names no incident. Write it as INC-1, or nothing for the incident of this channel.${guess}`,
    });
  });
});

describe('severity', () => {
  it.each([
    ['SEV1', null, 'SEV1', ''],
    ['1', null, 'SEV1', ''],
    ['INC-3 sev 2 half of the users', 3, 'SEV2', 'half of the users'],
    ['INC-3', 3, null, ''],
    ['', null, null, ''],
  ])('"%s"', (typed, incident, severity, reason) => {
    expect(parseSetSeverity(typed)).toEqual({ ok: true, value: { incident, severity, reason } });
  });

  it('suggests the severity that was meant', () => {
    expect(parseSetSeverity('SVE1')).toMatchObject({ problem: expect.stringContaining('Did you mean SEV1?') });
    expect(parseSetSeverity('sve2')).toMatchObject({ problem: expect.stringContaining('Did you mean SEV2?') });
  });

  // One wrong digit is as near to SEV1 as to SEV4: to name one would be a guess, and the first would be the worst.
  it.each(['critical', 'SEV9', 'sev', 'sev12', '5'])('suggests none for "%s"', (typed) => {
    expect(parseSetSeverity(typed)).toEqual({
      ok: false,
      problem: `"${typed}" is not a severity. Write SEV1, SEV2, SEV3 or SEV4.`,
    });
  });
});

describe('owner', () => {
  it.each([
    ['<@U0BOB|bob>', null, 'U0BOB'],
    ['INC-3 <@W0BOB>', 3, 'W0BOB'],
    ['me', null, alice],
    ['INC-3 ME', 3, alice],
    ['', null, null],
  ])('"%s"', (typed, incident, owner) => {
    expect(parseSetOwner(typed, alice)).toEqual({ ok: true, value: { incident, owner } });
  });

  it('names what is too much after a person, and does nothing', () => {
    expect(parseSetOwner('<@U0BOB|bob> please', alice)).toEqual({
      ok: false,
      problem:
        '"please" is one thing too many after <@U0BOB>; nothing was done. An incident has one owner: type `/owner @bob`, or `/owner INC-1 @bob` for another incident than this channel\'s.',
    });
    expect(parseSetOwner('<@U0BOB>, INC-7', alice)).toMatchObject({
      problem: expect.stringMatching(/^"INC-7" is one/),
    });
    expect(parseSetOwner('<@U0BOB>!', alice)).toEqual({ ok: true, value: { incident: null, owner: 'U0BOB' } });
  });

  it('never guesses a person from a name', () => {
    expect(parseSetOwner('bob', alice)).toMatchObject({ problem: expect.stringMatching(/^"bob" is not a person\./) });
    expect(parseSetOwner('<!channel>', alice)).toMatchObject({ ok: false });
  });
});

describe('note', () => {
  const read = (typed: string, at: Date = now, zone: string | null = PARIS) => parseNote(typed, at, zone);
  const time = (typed: string, at: Date, zone: string | null = PARIS) => {
    const parsed = read(typed, at, zone);
    return parsed.ok ? parsed.value.at?.toISOString() : parsed.problem;
  };

  it('is about now without a time', () => {
    expect(read('INC-2 Saw a spike at 14:05')).toEqual({
      ok: true,
      value: { incident: 2, text: 'Saw a spike at 14:05', at: null },
    });
  });

  it.each([
    ['at 14:05 Saw a spike', '2026-11-21T13:05:00.000Z', "today's, when it has passed (it is 15:00 in Paris)"],
    ['at 15:00 Saw a spike', '2026-11-21T14:00:00.000Z', 'this very minute'],
    ['at 15:01 Saw a spike', '2026-11-20T14:01:00.000Z', "yesterday's, when today's is still to come"],
    ['at 2:05pm - Saw a spike', '2026-11-21T13:05:00.000Z', 'in twelve hours'],
    ['at 12:10 am Saw a spike', '2026-11-20T23:10:00.000Z', 'just after midnight'],
    ['at 2pm Saw a spike', '2026-11-21T13:00:00.000Z', 'on the hour'],
    ['at 2 PM, Saw a spike', '2026-11-21T13:00:00.000Z', 'on the hour, spelt otherwise'],
    ['at 5:30pm Saw a spike', '2026-11-20T16:30:00.000Z', "yesterday afternoon's"],
    ['at 9.30 Saw a spike', '2026-11-21T08:30:00.000Z', 'with a dot'],
  ])('"%s" is %s: %s', (typed, expected) => {
    expect(read(typed)).toMatchObject({ ok: true, value: { text: 'Saw a spike', at: new Date(expected) } });
  });

  it("is in the speaker's zone, also when their day is another", () => {
    const early = new Date('2026-11-21T02:00:00.000Z');
    expect(time('at 20:30 x', early, NEW_YORK)).toBe('2026-11-21T01:30:00.000Z');
    expect(time('at 20:30 x', early, 'Asia/Tokyo')).toBe('2026-11-20T11:30:00.000Z');
  });

  it.each([
    [
      'the second pass of a repeated hour, once it has come',
      'at 1:30 x',
      '2027-11-07T06:45:00.000Z',
      '2027-11-07T06:30:00.000Z',
    ],
    ['the first pass, before the second has come', 'at 1:30 x', '2027-11-07T06:15:00.000Z', '2027-11-07T05:30:00.000Z'],
    [
      'a skipped time: the first instant after the gap',
      'at 2:30 x',
      '2027-03-14T07:10:00.000Z',
      '2027-03-14T07:00:00.000Z',
    ],
    [
      "yesterday's, on the day after a clock change",
      'at 23:00 x',
      '2027-03-14T07:10:00.000Z',
      '2027-03-14T04:00:00.000Z',
    ],
  ])('in New York is %s', (_what, typed, at, expected) => {
    expect(time(typed, new Date(at), NEW_YORK)).toBe(expected);
  });

  it.each([
    ['at 25:10 x', 'at 25:10'],
    ['at 14:75 x', 'at 14:75'],
    ['at 13:05pm x', 'at 13:05pm'],
    ['at 13 pm x', 'at 13 pm'],
    ['at 0:10am x', 'at 0:10am'],
    ['INC-2 at 14:5 x', 'at 14:5'],
    ['at 14:05:30 x', 'at 14:05:30'],
    ['at 14h05 x', 'at 14h05'],
    ['at 5pmish x', 'at 5pmish'],
    ['at 5 amps x', 'at 5'],
    ['at 5. x', 'at 5.'],
    ['at 3 hosts the disk is full', 'at 3'],
  ])('"%s" is refused, never noted as now: a digit after "at" is a time', (typed, written) => {
    expect(read(typed)).toEqual({
      ok: false,
      problem: `"${written}" is not a time of day. Write it as \`at 14:05\`, \`at 2:05pm\` or \`at 2pm\`; where no time is meant, begin with another word than "at".`,
    });
  });

  it('may begin with "at" and a word', () => {
    expect(read('at three hosts the disk is full')).toMatchObject({
      value: { text: 'at three hosts the disk is full', at: null },
    });
  });

  it('refuses a time when Slack does not say the zone, and takes a note without one', () => {
    expect(time('at 14:05 x', now, null)).toContain('Slack does not say which time zone you are in');
    expect(read('Saw a spike', now, null)).toMatchObject({ ok: true });
  });

  it('is never in the future and never more than a day and an hour old', () => {
    const zone = fc.constantFrom(PARIS, NEW_YORK, 'Australia/Lord_Howe', 'Asia/Kolkata', 'UTC', 'America/Santiago');
    const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2028-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(zone, moment, fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (where, at, h, m) => {
        const parsed = parseNote(`at ${h}:${String(m).padStart(2, '0')} x`, at, where);
        if (!parsed.ok || parsed.value.at === null) throw new Error('a time of day was refused');
        const age = at.getTime() - parsed.value.at.getTime();
        expect(age).toBeGreaterThanOrEqual(0);
        expect(age).toBeLessThanOrEqual(25 * 60 * 60 * 1000);
      }),
    );
  });
});
