import { describe, expect, it } from 'vitest';
import { checkHistoryMessage } from '../../blocks/check-history.ts';
import { checkHistoryChart } from '../../blocks/check-history-chart.ts';
import type { CheckDay } from '../../src/domain/health/day.ts';
import type { CheckHistory } from '../../src/domain/health/history.ts';
import { NO_PULSE } from '../../src/domain/health/pulse.ts';
import { unknownCheck } from '../../src/domain/health/state.ts';
import { shown } from '../support/journey.ts';
import { checkMessage } from '../support/slack-limits.ts';

const DAY = 86_400_000;
const NASTY = 'A <b>&"title"</b> *that* goes on `and on and on and on`';

function day(index: number, change: Partial<CheckDay> = {}): CheckDay {
  const date = new Date(Date.UTC(2026, 10, 21) - (89 - index) * DAY).toISOString().slice(0, 10);
  return {
    key: 'api',
    day: date,
    good: 1_440,
    bad: 0,
    unclear: 0,
    goodMs: DAY,
    badMs: 0,
    unclearMs: 0,
    latencyAvgMs: 120,
    latencyMaxMs: 400,
    ...change,
  };
}

function history(days: readonly (CheckDay | null)[], title = 'Checkout API'): CheckHistory {
  const state = { ...unknownCheck('api'), status: 'ok' as const, since: '2026-11-20T10:00:00.000Z' };
  const changed = { kind: 'check.muted', until: '2026-11-21T10:00:00.000Z', reason: NASTY } as const;
  return {
    check: { key: 'api', title, kind: 'http' },
    state,
    pulse: NO_PULSE,
    notConnected: null,
    today: '2026-11-21',
    days,
    changes: [{ body: changed, actor: { kind: 'slack', user: 'UBOB' }, at: '2026-11-20T09:00:00.000Z' }],
  };
}

const ninety = Array.from({ length: 90 }, (_, index) => {
  if (index < 12) return null;
  if (index === 40) return day(index, { good: 700, bad: 740, goodMs: DAY / 2, badMs: DAY / 2, latencyMaxMs: 9_800 });
  if (index === 70) return day(index, { good: 1_439, bad: 1, goodMs: DAY - 60_000, badMs: 60_000 });
  return day(index);
});
/** The rectangles of one colour that are no legend, as [x, y, height]. */
const drawn = (svg: string, color: string) =>
  [...svg.matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="[\d.]+" height="([\d.]+)" fill="(#\w+)"/g)]
    .filter(([, , , height, fill]) => fill === color && height !== '32' && height !== '4')
    .map(([, x, y, height]) => [Number(x), Number(y), Number(height)]);
const strip = (svg: string, color: string) => drawn(svg, color).filter(([, y = 0]) => y < 430);
const [WELL, BAD, UNKNOWN] = ['#0072B2', '#D55E00', '#C9CED6'];

describe('the picture of a check', () => {
  it('has a column for every day, together as high whatever happened, and shows a bad minute so that it is seen', () => {
    const { svg } = checkHistoryChart(history(ninety));
    expect(strip(svg, UNKNOWN)).toHaveLength(12);
    expect(strip(svg, WELL)).toHaveLength(78);
    const bad = strip(svg, BAD);
    expect(bad.map(([, , height = 0]) => height / 240)).toEqual([0.5, expect.closeTo(0.12, 2)]);
    for (const [x, y, height = 0] of bad) {
      expect(y).toBe(180);
      const rest = strip(svg, WELL).find(([other]) => other === x);
      expect(height + (rest?.[2] ?? 0)).toBeCloseTo(240, 0);
    }
  });

  it('says the same to those who do not see it', () => {
    expect(checkHistoryChart(history(ninety)).alt).toBe(
      'Chart. Checkout API: the last 90 days. Well 99.35 % of the time that is known. something is known of 78 days, and on 2 of them it failed. the slowest answer took 9.8 s',
    );
    expect(checkHistoryChart(history([null, null])).alt).toContain('Nothing is known of these days yet');
  });

  it('keeps a title that looks like a drawing a title', () => {
    expect(checkHistoryChart(history(ninety, NASTY)).svg).toContain('A &lt;b&gt;&amp;"title"&lt;/b&gt; *that*');
  });
});

it('shows the picture, or a square a day where there is none, and why it changed', () => {
  const pictured = checkHistoryMessage(history(ninety, NASTY), 'F0CHART');
  expect(checkMessage({ ...pictured })).toEqual([]);
  expect(pictured.blocks).toContainEqual({
    type: 'image',
    slack_file: { id: 'F0CHART' },
    alt_text: expect.stringContaining('Chart. '),
  });
  expect(shown(pictured)).not.toContain('🟩');
  const plain = checkHistoryMessage(history(ninety), null);
  expect(shown(plain)).toContain('⬜⬜⬜⬜⬜⬜⬜⬜⬜⬜⬜⬜🟩');
  expect(shown(plain)).toContain('Well 99.35 % of the time that is known, on 78 of 90 days.');
  for (const message of [pictured, plain]) expect(shown(message)).toContain('muted by <@UBOB>');
});
