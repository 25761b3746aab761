import { describe, expect, it } from 'vitest';
import { availabilityOf, knownShare } from '../../../src/domain/uptime/account.ts';
import { isBroken, shareLeft } from '../../../src/domain/uptime/budget.ts';
import { parseUptime } from '../../../src/domain/uptime/command.ts';
import { parsePeriod, uptimePeriod } from '../../../src/domain/uptime/period.ts';
import { serviceYardstick, type Yardstick } from '../../../src/domain/uptime/promise.ts';
import { clock, type Told, uptimeReported, uptimeSpec } from '../../support/uptime-facts.ts';
import type { WindowMoves } from '../../support/uptime-story.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** The month of November, of which nothing was recorded before its 21st. */
const MONTH: Told['slo'] = { period: 'month' };
const known = (told: Told, at = '21 16:00') => uptimeReported({ slo: { ...MONTH }, ...told }, at);
const minutes = ({ times: { up, down, excluded } }: ReturnType<typeof known>) =>
  [up, down, excluded].map((ms) => ms / MINUTE);
const work = (from: string, to: string, more: Partial<WindowMoves> = {}): WindowMoves => ({
  ...{ planned: clock('20 08:00'), announced: clock('20 09:00'), startsAt: clock(from), endsAt: clock(to) },
  ...{ started: { at: clock(from) }, ended: clock(to) },
  ...more,
});
const sev1 = (from: string, to: string | null) => ({
  declared: clock(from),
  moves: [
    { at: clock(from) + 5 * MINUTE, what: 'SEV1' as const },
    ...(to === null ? [] : [{ at: clock(to), what: 'resolved' as const }]),
  ],
});
const HOURS: Told['up'] = [['21 14:00', '21 16:00']];

describe('what counts as down', () => {
  it.each<[string, Told, number[]]>([
    ['a check that failed', { up: [['21 14:00', '21 15:00']], down: [['21 15:00', '21 15:30']] }, [60, 30, 0]],
    [
      'an incident while every check was well, from its declaration on',
      { up: HOURS, incidents: [sev1('21 15:00', '21 15:20')] },
      [100, 20, 0],
    ],
    ['an incident that is still open', { up: HOURS, incidents: [sev1('21 15:00', null)] }, [60, 60, 0]],
    [
      'no incident of another service',
      { up: HOURS, incidents: [{ ...sev1('21 15:00', null), service: 'payments' }] },
      [120, 0, 0],
    ],
    [
      'an incident only while it is a SEV1',
      {
        up: HOURS,
        incidents: [
          {
            declared: clock('21 14:00'),
            moves: [
              { at: clock('21 14:10'), what: 'SEV2' },
              { at: clock('21 14:30'), what: 'SEV1' },
              { at: clock('21 14:40'), what: 'SEV3' },
              { at: clock('21 15:30'), what: 'resolved' },
            ],
          },
        ],
      },
      [110, 10, 0],
    ],
    [
      'not the time between its end and its being reopened',
      {
        up: HOURS,
        incidents: [
          {
            declared: clock('21 14:00'),
            moves: [
              { at: clock('21 14:00'), what: 'SEV1' },
              { at: clock('21 14:20'), what: 'resolved' },
              { at: clock('21 15:00'), what: 'reopened' },
              { at: clock('21 15:10'), what: 'resolved' },
            ],
          },
        ],
      },
      [90, 30, 0],
    ],
    [
      'the same time once, whatever says so',
      { up: [['21 14:00', '21 15:00']], down: [['21 15:00', '21 16:00']], incidents: [sev1('21 14:50', null)] },
      [50, 70, 0],
    ],
  ])('%s', (_what, told, expected) => {
    expect(minutes(known(told))).toEqual(expected);
  });
});

describe('what is left out', () => {
  const down: Told['down'] = [['21 14:00', '21 16:00']];
  it.each<[string, WindowMoves, number]>([
    ['announced work', work('21 14:00', '21 15:00'), 60],
    [
      'no work that was cancelled',
      {
        ...work('21 14:00', '21 15:00', { cancelled: clock('21 13:00') }),
        started: undefined,
        ended: undefined,
      } as unknown as WindowMoves,
      0,
    ],
    [
      'no work that never began',
      {
        planned: clock('20 08:00'),
        announced: clock('20 09:00'),
        startsAt: clock('21 14:00'),
        endsAt: clock('21 15:00'),
      },
      0,
    ],
    [
      'no time before it was announced, whatever it says of its start',
      {
        planned: clock('21 14:20'),
        startsAt: clock('21 14:00'),
        endsAt: clock('21 15:00'),
        started: { at: clock('21 14:00'), saidAt: clock('21 14:20') },
        ended: clock('21 15:00'),
      },
      40,
    ],
    ['no time beyond the end that was announced', work('21 14:00', '21 15:00', { ended: clock('21 15:45') }), 60],
    [
      'what extends it, from when people were told of that',
      work('21 14:00', '21 15:00', {
        extended: [{ at: clock('21 15:10'), to: clock('21 15:30') }],
        ended: clock('21 15:45'),
      }),
      80,
    ],
    [
      'what extends it in time, whole',
      work('21 14:00', '21 15:00', {
        extended: [{ at: clock('21 14:50'), to: clock('21 15:30') }],
        ended: clock('21 15:20'),
      }),
      80,
    ],
    ['no more than was worked', work('21 14:00', '21 15:00', { ended: clock('21 14:15') }), 15],
    ['nothing of other services', work('21 14:00', '21 15:00', { services: ['payments'] }), 0],
  ])('%s', (_what, window, expected) => {
    expect(minutes(known({ down, windows: [window] }))).toEqual([0, 120 - expected, expected]);
  });

  it('shows both of two windows that overlap, and leaves their time out once', () => {
    const report = known({
      down,
      windows: [work('21 14:00', '21 15:00'), work('21 14:30', '21 15:30', { reported: clock('21 15:40') })],
    });
    expect(minutes(report)).toEqual([0, 30, 90]);
    expect(report.exclusions).toMatchObject([
      { window: 1, down: HOUR, documented: false },
      { window: 2, down: HOUR, documented: true },
    ]);
  });

  it('leaves nothing out of a promise that makes no exceptions', () => {
    const strict = { ...MONTH, excludeWindows: false };
    expect(minutes(known({ down, windows: [work('21 14:00', '21 15:00')], slo: strict }))).toEqual([0, 120, 0]);
  });
});

describe('what is unknown', () => {
  it('is all of a period in which nobody asked: nothing is up, and nothing is spent', () => {
    const { times, budgets, unknown } = known({});
    expect(availabilityOf(times)).toBeNull();
    expect(knownShare(times)).toBe(0);
    expect(times).toEqual({ up: 0, down: 0, excluded: 0, unknown: 20 * 24 * HOUR + 16 * HOUR });
    expect(unknown).toMatchObject([{ reason: 'not-asked' }]);
    expect(budgets.map(({ spent }) => spent)).toEqual([0, 0]);
  });

  it('earns no budget: a period that is over has kept its promise when its known time has', () => {
    const told: Told = { up: [['21 00:00', '21 16:39']], down: [['21 16:39', '21 16:40']] };
    const [uptime] = uptimeReported({ slo: { ...MONTH, uptime: 99.9 }, ...told }, '30 23:59').budgets;
    expect(uptime?.total).toBe(Math.round((1000 * MINUTE + MINUTE) / 1000));
    expect(isBroken(uptime ?? never())).toBe(false);
  });

  it('says of what could not be told, and of what is not connected, why', () => {
    const told: Told = { up: [['21 14:00', '21 15:00']], unclear: [['21 15:00', '21 16:00']] };
    expect(known(told).unknown).toMatchObject([
      { reason: 'not-asked' },
      { reason: 'could-not-tell', to: clock('21 16:00') },
    ]);
    const away = known({ connected: false });
    expect(away.unknown).toMatchObject([{ reason: 'not-connected' }]);
    expect(away.notConnected).toEqual([{ check: 'Checkout answers', reason: 'No server yet' }]);
  });

  it('is not what was known before a check was added, and not what others know beside one that is not connected', () => {
    const told: Told = { up: [['21 12:00', '21 16:00']], down: [['21 11:00', '21 12:00']] };
    expect(minutes(known(told))).toEqual([240, 60, 0]);
    expect(minutes(known({ ...told, added: '21 15:00' }))).toEqual([240, 60, 0]);
    const partly = known({ ...told, added: null });
    expect(minutes(partly)).toEqual([240, 60, 0]);
    expect(partly.notConnected).toEqual([{ check: 'The basket answers', reason: 'No server yet' }]);
    expect(partly.unknown).toMatchObject([{ reason: 'not-asked' }]);
  });

  it('holds from the first answer of a check on, when another one is silent', () => {
    expect(minutes(known({ up: [['21 12:00', '21 13:00']], added: '21 12:30' }))).toEqual([60, 0, 0]);
  });

  it('is no share where only people said that it was down: no budget of uptime, only the longest downtime', () => {
    const { times, budgets, ...report } = known({ incidents: [sev1('20 15:00', '20 15:10')] });
    expect(minutes({ times, budgets, ...report })).toEqual([0, 10, 0]);
    expect(availabilityOf(times)).toBeNull();
    expect(budgets).toMatchObject([{ objective: 'maxDowntime', spent: 10 * MINUTE }]);
  });

  it('is no share of the time before the first check either', () => {
    const incidents = [sev1('03 15:00', '03 15:40'), sev1('21 15:00', '21 15:30')];
    const { times, budgets } = known({ up: HOURS, incidents });
    expect(availabilityOf(times)).toBe(0.75);
    expect(budgets.map(({ spent }) => spent / MINUTE)).toEqual([30, 70]);
  });

  it('is nothing of a period that begins now', () => {
    const { times, budgets } = known({}, '01 00:00');
    expect(times).toEqual({ up: 0, down: 0, excluded: 0, unknown: 0 });
    expect([availabilityOf(times), knownShare(times)]).toEqual([null, null]);
    expect(budgets.map(({ total }) => total)).toEqual([30 * 24 * 3_600, HOUR]);
  });
});

describe('the two objectives', () => {
  it('have budgets of their own: an hour is over when 99.9% of a quarter is not', () => {
    const told: Told = { up: [['01 00:00', '21 14:30']], down: [['21 14:30', '21 16:00']] };
    const [uptime, longest] = uptimeReported(told, '21 16:00').budgets;
    expect([uptime?.objective, longest?.objective]).toEqual(['uptime', 'maxDowntime']);
    expect([isBroken(uptime ?? never()), isBroken(longest ?? never())]).toEqual([true, true]);
    const shorter = uptimeReported(
      { ...told, up: [['01 00:00', '21 14:55']], down: [['21 14:55', '21 16:00']] },
      '21 16:00',
    ).budgets;
    expect(shorter.map(isBroken)).toEqual([false, true]);
    expect(shareLeft(shorter[1] ?? never())).toBe(0);
  });

  it('are shown for the period they are promised for only', () => {
    expect(known({ slo: { period: 'month' } }).budgets).toHaveLength(2);
    const spec = uptimeSpec({});
    const asked = parseUptime('checkout month', spec, new Date(clock('21 16:00')));
    expect(asked).toMatchObject({ ok: true, value: [{ period: { key: '2026-11' } }] });
  });
});

describe('an outage', () => {
  it('says what failed, since when, and which incidents were open', () => {
    const told: Told = {
      up: [['21 14:00', '21 15:00']],
      down: [['21 15:00', '21 15:30']],
      incidents: [{ declared: clock('21 15:10'), moves: [{ at: clock('21 15:10'), what: 'SEV3' }] }],
    };
    expect(known(told).outages).toEqual([
      {
        from: clock('21 15:00'),
        to: clock('21 15:30'),
        causes: [{ check: 'Checkout answers', detail: 'said failing' }],
        incidents: [{ incident: 1, title: 'Trouble 1' }],
      },
    ]);
  });
});

describe('a period', () => {
  const at = new Date(clock('21 16:00'));
  it.each([
    ['quarter', '2026-Q4', '2026-09-30T22:00:00.000Z', '2026-12-31T23:00:00.000Z'],
    ['2026-q3', '2026-Q3', '2026-06-30T22:00:00.000Z', '2026-09-30T22:00:00.000Z'],
    ['2026-10', '2026-10', '2026-09-30T22:00:00.000Z', '2026-10-31T23:00:00.000Z'],
    ['year', '2026', '2025-12-31T23:00:00.000Z', '2026-12-31T23:00:00.000Z'],
    ['2026-W01', '2026-W01', '2025-12-28T23:00:00.000Z', '2026-01-04T23:00:00.000Z'],
  ])('"%s" is %s of the calendar, clock changes included', (typed, key, from, to) => {
    const parsed = parsePeriod(typed, at, 'Europe/Paris');
    if (!parsed.ok) throw new Error(parsed.problem);
    expect({
      ...parsed.value,
      from: new Date(parsed.value.from).toISOString(),
      to: new Date(parsed.value.to).toISOString(),
    }).toMatchObject({ key, from, to });
  });

  it.each([
    ['2027-Q1', 'has not begun yet'],
    ['2026-Q5', 'is no period. Write `week`'],
    ['2026-W54', 'is no period'],
    ['2025-W53', 'is no period'],
    ['soon', 'is no period'],
  ])('is not "%s", and that is said', (typed, words) => {
    const parsed = parsePeriod(typed, at, 'Europe/Paris');
    expect(parsed.ok ? '' : parsed.problem).toContain(words);
  });

  it('follows the one before without a gap, in every zone with awkward midnights', () => {
    for (const zone of [
      'Europe/Paris',
      'America/Havana',
      'America/Santiago',
      'Asia/Beirut',
      'Pacific/Apia',
      'Australia/Lord_Howe',
    ]) {
      for (const kind of ['week', 'month', 'quarter', 'year'] as const) {
        let period = uptimePeriod(kind, new Date('2026-01-01T12:00:00Z'), zone);
        for (let count = 0; count < 14; count += 1) {
          const next = uptimePeriod(kind, new Date(period.to), zone);
          expect([zone, next.from]).toEqual([zone, period.to]);
          expect(uptimePeriod(kind, new Date(period.to - 1), zone).key).toBe(period.key);
          period = next;
        }
      }
    }
  });
});

describe('what is asked for', () => {
  const spec = uptimeSpec({});
  const at = new Date(clock('21 16:00'));
  it.each([
    ['Checkout', '2026-Q4'],
    ['checkout-uptime', '2026-Q4'],
    ['`checkout` year', '2026'],
    ['checkout 2026-Q2', '2026-Q2'],
  ])('"%s" is a promise in %s', (typed, key) => {
    expect(parseUptime(typed, spec, at)).toMatchObject({
      ok: true,
      value: [{ slo: { key: 'checkout-uptime' }, period: { key } }],
    });
  });

  it.each([
    ['chekout', 'Did you mean `checkout`?'],
    ['checkout tomorrow', '"tomorrow" is no period'],
  ])('"%s" is answered with what would be right', (typed, words) => {
    const parsed = parseUptime(typed, spec, at);
    expect(parsed.ok ? '' : parsed.problem).toContain(words);
  });

  it('is everything when nothing is typed, and nothing where nothing is promised', () => {
    expect(parseUptime(' ', spec, at)).toEqual({ ok: true, value: null });
    expect(parseUptime('', { ...spec, slo: [] }, at)).toMatchObject({ ok: false });
  });
});

function never(): never {
  throw new Error('there is no such budget');
}

describe('by what a service is judged', () => {
  it('is by the checks that everybody sees it by, where the spec names them', () => {
    const spec = uptimeSpec({ added: '21 15:00' });
    const shown = { checkout: { name: 'Checkout', public: { name: 'Checkout', checks: ['basket'] } } };
    const keys = ({ checks }: Yardstick) => checks.map(({ key }) => key);
    expect(keys(serviceYardstick('checkout', spec))).toEqual(['checkout', 'basket']);
    expect(keys(serviceYardstick('checkout', { ...spec, services: shown }))).toEqual(['basket']);
    expect(keys(serviceYardstick('checkout', { ...spec, services: shown, slo: [] }))).toEqual(['basket']);
  });
});
