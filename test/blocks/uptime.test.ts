import { describe, expect, it } from 'vitest';
import { budgetWarning } from '../../blocks/budget-warning.ts';
import { uptimeChart } from '../../blocks/uptime-chart.ts';
import { uptimeAtAGlance } from '../../blocks/uptime-glance.ts';
import { uptimeOverviewMessage } from '../../blocks/uptime-overview.ts';
import { uptimeReportMessage } from '../../blocks/uptime-report.ts';
import { shareWords } from '../../blocks/uptime-words.ts';
import { paintPng } from '../../src/adapters/pictures/png.ts';
import { uptimeFamilies } from '../../src/adapters/prometheus/uptime-families.ts';
import { uptimeGlance, worstPromiseFirst } from '../../src/domain/uptime/report.ts';
import { shown } from '../support/journey.ts';
import { checkMessage } from '../support/slack-limits.ts';
import { clock, type Told, uptimeFacts, uptimeReported, uptimeSpec } from '../support/uptime-facts.ts';
import { anSlo } from '../support/uptime-story.ts';

const NASTY = '<!channel> *bold* <script> & '.repeat(40);
const STORY: Told = {
  up: [
    ['01 00:00', '21 15:00'],
    ['21 15:30', '21 15:50'],
  ],
  down: [['21 15:00', '21 15:30']],
  incidents: [{ declared: clock('21 15:05'), moves: [{ at: clock('21 15:05'), what: 'SEV2' }] }],
  windows: [
    {
      ...{
        planned: clock('19 08:00'),
        announced: clock('19 09:00'),
        startsAt: clock('20 02:00'),
        endsAt: clock('20 04:00'),
      },
      ...{ started: { at: clock('20 02:00') }, ended: clock('20 04:00') },
    },
  ],
};

function glance(told: Told, at = '21 16:00') {
  const now = new Date(clock(at));
  const spec = uptimeSpec(told);
  const [slo = anSlo()] = spec.slo;
  return uptimeGlance(slo, uptimeFacts(told, now), spec, now);
}

describe('what became of a promise, in Slack', () => {
  it('says how much, what of the budgets is left, and everything behind it', () => {
    const words = shown(uptimeReportMessage(uptimeReported(STORY, '21 16:00'), null));
    expect(words).toContain('*Checkout*  ·  Checkout is up, Q4 2026');
    expect(words).toMatch(/\*99\.898 %\* available of the \d\d\.\d{3} % of the time that is known/);
    expect(words).toContain('*at most 1 h of downtime*: 30 min of 1 h spent, 30 min left');
    expect(words).toMatch(/for 30 min {2}· {2}Checkout answers \(said failing\) {2}· {2}INC-1 Trouble 1/);
    expect(words).toMatch(/\*WIN-1\* Work 1 .* for 2 h {2}· {2}nobody has said what was done/);
    expect(words).toContain('for 31 d: nobody asked');
  });

  it('says that nothing is known where nothing is, and why', () => {
    const words = shown(uptimeReportMessage(uptimeReported({ connected: false }, '21 16:00'), null));
    expect(words).toContain(':white_circle: *Checkout*');
    expect(words).toContain('*unknown* available nothing is known of it');
    expect(words).toContain('Not connected: Checkout answers: No server yet');
  });

  it('keeps to the limits of Slack whatever there is to tell', () => {
    const many = Array.from({ length: 400 }, (_, index) => index);
    const report = uptimeReported(STORY, '21 16:00');
    const [outage] = report.outages;
    const [exclusion] = report.exclusions;
    const [unknown] = report.unknown;
    if (outage === undefined || exclusion === undefined || unknown === undefined) throw new Error('the story is empty');
    const full = {
      ...report,
      ...{ service: NASTY, title: NASTY, slo: 'x'.repeat(60) },
      outages: many.map(() => ({
        ...outage,
        causes: many.map(() => ({ check: NASTY, detail: NASTY })),
        incidents: many.map((incident) => ({ incident, title: NASTY })),
      })),
      exclusions: many.map(() => ({ ...exclusion, title: NASTY })),
      unknown: many.map(() => unknown),
      notConnected: many.map(() => ({ check: NASTY, reason: NASTY })),
    };
    const message = uptimeReportMessage(full, 'F0CHART');
    expect(checkMessage({ ...message })).toEqual([]);
    expect(shown(message)).toContain('and 394 more.');
    expect(uptimeChart(full).svg).not.toContain('<script>');
  });

  it('has a picture', async () => {
    const { svg, alt } = uptimeChart(uptimeReported(STORY, '21 16:00'));
    expect(alt).toContain('down on 1 of 52 days');
    const png = Buffer.from(await paintPng(svg));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 900]);
  });
});

describe('all promises in Slack', () => {
  it('are shown with month, quarter and year, the least budget left first', () => {
    const [good, bad] = [glance({ ...STORY, down: [], incidents: [] }), { ...glance(STORY), slo: 'bad' }];
    const message = uptimeOverviewMessage(worstPromiseFirst([good, bad]));
    const words = shown(message);
    expect(words.indexOf('(`bad`)')).toBeLessThan(words.indexOf('(`checkout-uptime`)'));
    expect(words).toContain('50 % of 1 h left for Q4 2026');
    expect(words).toContain('month 99.898 % ?');
    expect(words).toMatch(/month 100 % \?/);
    expect(
      checkMessage({ ...uptimeOverviewMessage(Array.from({ length: 90 }, () => ({ ...bad, service: NASTY }))) }),
    ).toEqual([]);
  });

  it('are nothing in App Home where there is none', () => {
    expect(uptimeAtAGlance([])).toEqual([]);
    expect(shown({ blocks: uptimeAtAGlance([glance({})]) })).toContain('nothing is known of Q4 2026 yet');
  });

  it('are figures, where there are any', () => {
    const [availability, known, total, left] = uptimeFamilies([glance(STORY)]);
    expect(availability?.samples[0]?.value).toBeCloseTo(0.998988, 5);
    expect(known?.samples[0]?.value).toBeLessThan(1);
    expect(total?.samples.find(({ labels }) => labels?.['objective'] === 'maxDowntime')?.value).toBe(3600);
    expect(left?.samples.find(({ labels }) => labels?.['objective'] === 'maxDowntime')?.value).toBe(1800);
    expect(uptimeFamilies([glance({})])[0]?.samples).toEqual([]);
  });
});

describe('news of a budget', () => {
  it('is worded as news of the budget', () => {
    const { period, budgets } = uptimeReported(STORY, '21 16:00');
    const news = budgets.map((budget) => ({ warning: 'half' as const, budget, burnt: null }));
    const [first] = budgets;
    if (first === undefined) throw new Error('the story has no budget');
    const burnt = { warning: 'fast' as const, budget: first, burnt: { spent: 30 * 60_000, within: 3_600_000 } };
    const warning = { slo: 'checkout-uptime', title: 'Checkout is up', service: NASTY, period, news: [...news, burnt] };
    const message = budgetWarning({ type: 'budget-warning', warning });
    expect(shown(message)).toContain(
      '• *half of it is spent* (at most 1 h of downtime): 30 min of 1 h spent, 30 min left',
    );
    expect(shown(message)).toMatch(/\*\d+ % of it went in the last 1 h\* \(99\.9 % uptime\)/);
    expect(shown(message)).not.toMatch(/fail|down since/);
    expect(checkMessage({ ...message })).toEqual([]);
  });
});

it('never rounds a share up to all of it', () => {
  expect([1, 0.9999999, 0.999, null].map(shareWords)).toEqual(['100 %', '99.999 %', '99.900 %', 'unknown']);
});
