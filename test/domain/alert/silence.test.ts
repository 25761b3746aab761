import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GroupSilence } from '../../../src/domain/alert/group.ts';
import { groupSilenceStep, isSilenceOfGroup, keepGroupSilenced } from '../../../src/domain/alert/keep-silence.ts';
import { matchersOfAlerts, matchesAlert } from '../../../src/domain/alert/silence.ts';
import type { Silence } from '../../../src/domain/window/silence.ts';
import { alice, minutesLater, now } from '../../support/incident-spec.ts';

const plain = (labels: Record<string, string>) =>
  Object.entries(labels).map(([name, value]) => ({ name, value, isRegex: false }));

describe('what a silence of a group matches', () => {
  const slow = { alertname: 'Slow', service: 'checkout' };
  const one = { ...slow, instance: 'host-1' };
  const two = { ...slow, instance: 'host-2' };

  it.each([
    ['every label of its only alert', [one], [], { alertname: 'Slow', instance: 'host-1', service: 'checkout' }],
    ['what all of its alerts share', [one, two], [], slow],
    [
      'and nothing of others that have more labels',
      [slow],
      [{ ...slow, env: 'test' }],
      { alertname: 'Slow', env: '', service: 'checkout' },
    ],
    ['no label that is empty', [{ ...slow, env: '' }], [], slow],
    ['nothing, where they share nothing', [{ a: '1' }, { a: '2' }], [], {}],
  ] as const)('%s', (_what, own, others, labels) => {
    expect(matchersOfAlerts(own, others)).toEqual(plain(labels));
  });

  it('is all of its own alerts, whatever labels they and others have', () => {
    const labels = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('1', '2'));
    fc.assert(
      fc.property(
        fc.array(labels, { minLength: 1, maxLength: 4 }),
        fc.array(labels, { maxLength: 4 }),
        (own, others) => {
          const matchers = matchersOfAlerts(own, others);
          for (const alert of own) expect(matchesAlert(matchers, alert)).toBe(true);
          const wider = others.filter((alert) => matchesAlert(matchers, alert));
          // What it silences beside cannot be told apart by a label that only it has.
          for (const alert of wider) {
            expect(Object.keys(alert).every((name) => own.some((mine) => name in mine) || matchers.length === 0)).toBe(
              true,
            );
          }
        },
      ),
    );
  });
});

describe('the silence of a group', () => {
  const wanted: GroupSilence = {
    by: { kind: 'slack', user: alice },
    at: now.toISOString(),
    name: 'Alice',
    until: minutesLater(60).toISOString(),
    comment: 'The disk is replaced',
    matchers: plain({ alertname: 'Slow' }),
    ended: null,
    targets: { am: { id: null, until: null, problem: null } },
  };
  const opened = groupSilenceStep({ number: 3 }, wanted, [], now);
  const there = (id: string, more: Partial<Silence> = {}): Silence => {
    if (opened.put === null) throw new Error('nothing is opened');
    return { ...opened.put, id, state: 'active', ...more };
  };
  const step = (...found: Silence[]) => groupSilenceStep({ number: 3 }, wanted, found, minutesLater(1));

  it("says who asked, in the person's words, to its time", () => {
    expect(opened).toMatchObject({ reason: 'opens', expire: [] });
    expect(opened.put).toEqual({
      matchers: wanted.matchers,
      startsAt: now.toISOString(),
      endsAt: wanted.until,
      createdBy: 'Alice',
      comment: `The disk is replaced (ALERT-3, asked in Slack ${wanted.at})`,
    });
  });

  it.each([
    [
      'is found again',
      [there('a')],
      { reason: 'is-there', put: null, kept: { id: 'a', until: wanted.until }, expire: [] },
    ],
    ['is one', [there('b'), there('a')], { reason: 'is-there', kept: { id: 'a', until: wanted.until }, expire: ['b'] }],
    [
      'keeps the end that somebody gave it in Alertmanager',
      [there('a', { endsAt: minutesLater(90).toISOString() })],
      { reason: 'is-there', put: null, kept: { id: 'a', until: minutesLater(90).toISOString() } },
    ],
    [
      'stays ended when somebody ended it there',
      [there('a', { state: 'expired', endsAt: now.toISOString() })],
      { reason: 'ended-elsewhere', put: null },
    ],
    [
      "has ended by itself when Alertmanager's clock is ahead",
      [there('a', { state: 'expired', endsAt: minutesLater(59.5).toISOString() })],
      { reason: 'is-over', put: null },
    ],
    [
      "is not another group's",
      [there('a', { comment: `x (ALERT-4, asked in Slack ${wanted.at})` })],
      { reason: 'opens' },
    ],
    [
      'is not one of before',
      [there('a', { comment: 'x (ALERT-3, asked in Slack 2026-01-01T00:00:00.000Z)' })],
      { reason: 'opens' },
    ],
  ] as const)('%s', (_what, found, expected) => {
    expect(step(...found)).toMatchObject(expected);
  });

  it('ends when it was ended or its time is over, and only its own', () => {
    const other = there('x', { comment: 'somebody else' });
    const ended = { ...wanted, ended: { by: wanted.by, at: wanted.at } };
    const over = { reason: 'is-over', put: null, kept: null, expire: ['a'] };
    expect(groupSilenceStep({ number: 3 }, ended, [other, there('a')], now)).toEqual(over);
    // At its time it ends by itself.
    const past = groupSilenceStep({ number: 3 }, wanted, [other, there('a')], minutesLater(60));
    expect(past).toEqual({ ...over, expire: [] });
    expect(isSilenceOfGroup(3, wanted, other)).toBe(false);
  });

  it('that somebody gave a later end in Alertmanager lasts until then, and is waited for until then', () => {
    const until = minutesLater(90).toISOString();
    const longer = there('a', { endsAt: until });
    const after = (minute: number, one: Silence) =>
      groupSilenceStep({ number: 3 }, wanted, [one, there('b')], minutesLater(minute));
    expect(after(61, longer)).toEqual({ reason: 'is-there', put: null, kept: { id: 'a', until }, expire: [] });
    expect(after(90, { ...longer, state: 'expired' })).toMatchObject({ reason: 'is-over', put: null, expire: [] });
    const known = { ...wanted, targets: { am: { id: 'a', until, problem: null } } };
    const away = { target: 'am', silence: null, endedElsewhere: false, problem: 'it cannot be reached' };
    const situation = { actor: wanted.by, now: minutesLater(75) };
    expect(keepGroupSilenced({ silence: known }, [away], situation).events.map(({ body }) => body.kind)).toEqual([
      'alerts.not_silenced',
    ]);
  });

  it('that somebody ended in one Alertmanager stays in the others', () => {
    const known = { id: 'a', until: wanted.until, problem: null };
    const both = { ...wanted, targets: { am: known, other: known } };
    const at = (target: string, endedElsewhere: boolean) => ({
      ...{ target, endedElsewhere, problem: null },
      silence: endedElsewhere ? null : { id: 'a', until: wanted.until },
    });
    const kinds = (other: boolean) =>
      keepGroupSilenced({ silence: both }, [at('am', true), at('other', other)], { actor: wanted.by, now }).events.map(
        ({ body }) => body.kind,
      );
    expect(kinds(false)).toEqual(['alerts.unsilenced']);
    expect(kinds(true)).toEqual(['alerts.silence_ended', 'alerts.unsilenced', 'alerts.unsilenced']);
  });

  it('of an Alertmanager that stays away is forgotten once it has ended by itself, and not before', () => {
    const problem = { target: 'am', silence: null, endedElsewhere: false, problem: 'it cannot be reached' };
    const kinds = (minutes: number) =>
      keepGroupSilenced({ silence: wanted }, [problem], { actor: wanted.by, now: minutesLater(minutes) }).events.map(
        ({ body }) => body.kind,
      );
    expect(kinds(69)).toEqual(['alerts.not_silenced']);
    expect(kinds(70)).toEqual(['alerts.unsilenced']);
  });
});
