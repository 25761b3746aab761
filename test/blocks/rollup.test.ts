import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reportMessage } from '../../blocks/report.ts';
import { rollupMessage } from '../../blocks/rollup.ts';
import { rollupChart } from '../../blocks/rollup-chart.ts';
import { paintPng } from '../../src/adapters/pictures/png.ts';
import { periodOf } from '../../src/domain/digest/period.ts';
import { completionOf } from '../../src/domain/duty/report.ts';
import type { DutyRun } from '../../src/domain/duty/run.ts';
import { dayOf } from '../../src/domain/time/day.ts';
import { aDuty, specWith } from '../support/duty-spec.ts';
import { shown } from '../support/journey.ts';
import { happened, ran, weekBack } from '../support/rollup-story.ts';
import { checkMessage } from '../support/slack-limits.ts';

const NASTY = '<!channel> <script>alert("x")</script> *& '.repeat(80);
const WEEK = {
  runs: [ran('2026-03-11', 'done'), ran('2026-03-16', 'done'), ran('2026-03-17', 'missed', { number: 7 })],
  incidents: [happened('2026-03-11', 60), happened('2026-03-16', 30)],
};

describe('a look back in Slack', () => {
  it('says what was done and what not, the incidents, and how both compare', () => {
    const words = shown(rollupMessage(weekBack(WEEK), null));
    expect(words).toContain(':bar_chart: *Database team*  ·  Week 12 of 2026');
    expect(words).toContain('*50 % done* (:arrow_lower_right: 100 % the week before)  ·  1 missed, 1 done in time');
    expect(words).toContain('*RUN-7* Backup verification');
    expect(words).toContain(
      '1 incident (1 SEV1); 1 the week before  ·  acknowledged in 10 min on average (10 min the week before)  ·  resolved in 30 min on average (1 h the week before)',
    );
  });

  it('shows the picture it is given, with words for who does not see it', () => {
    const { blocks } = rollupMessage(weekBack(WEEK), 'F0CHART');
    expect(blocks.at(-1)).toEqual({
      type: 'image',
      slack_file: { id: 'F0CHART' },
      alt_text: expect.stringContaining('W12: of duties 1 done in time, 0 late, 1 not done, and 1 incident (1 SEV1)'),
    });
    expect(JSON.stringify(rollupMessage(weekBack(WEEK), null))).not.toContain('slack_file');
  });

  it('keeps to the limits of Slack and to a screen, whatever happened', () => {
    const runs = fc
      .array(
        fc.record({
          title: fc.constantFrom('Backup verification', NASTY),
          owner: fc.constantFrom(...Array.from({ length: 30 }, (_, index) => `team-${index}`), NASTY),
          type: fc.constantFrom('preventive', 'adaptive', 'corrective', 'perfective'),
          status: fc.constantFrom('missed', 'done', 'late'),
        }),
        { maxLength: 60 },
      )
      .map((all) =>
        all.map(({ status, ...more }) => ran('2026-03-17', status as DutyRun['status'], more as Partial<DutyRun>)),
      );
    fc.assert(
      fc.property(runs, fc.boolean(), fc.constantFrom('dba', null), (all, late, team) => {
        const message = rollupMessage(weekBack({ ...WEEK, runs: all }, { team, late }), 'F0CHART');
        expect(checkMessage({ ...message })).toEqual([]);
        expect(message.blocks.length).toBeLessThan(12);
        expect(shown(message)).not.toMatch(/<!(?!date)|<script/);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the picture of a look back', () => {
  it('has a bar and its name for each week, and tells the parts apart by more than their colour', () => {
    const { svg } = rollupChart(weekBack(WEEK));
    for (const mark of ['W7', 'W11', 'W12']) expect(svg).toContain(`>${mark}</text>`);
    expect(svg).toContain('>50 %</text>');
    expect(svg).toContain('fill="url(#hatch)"');
  });

  it('says so when there is nothing to draw', () => {
    const { svg } = rollupChart(weekBack({}));
    expect(svg).toContain('>Nothing was to be done.</text>');
    expect(svg).toContain('>There was none.</text>');
  });

  it('is a PNG that shows something, whatever the team is called', async () => {
    const { svg } = rollupChart({ ...weekBack(WEEK), name: NASTY });
    const png = Buffer.from(await paintPng(svg));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 900]);
    // Without a font the words would be missing, and a third of the bytes with them.
    const wordless = await paintPng(svg.replaceAll(/<text.*<\/text>/g, ''));
    expect(png.byteLength).toBeGreaterThan(wordless.byteLength * 2);
  });
});

describe('a report', () => {
  const spec = specWith(aDuty());
  const period = periodOf('quarter', dayOf('2026-03-18'), 'Europe/Paris');
  const now = new Date('2026-03-20T12:00:00Z');

  it('counts by team and by type what fell due so far', () => {
    const report = reportMessage(completionOf(WEEK.runs), { period, owner: null, now }, spec);
    expect(checkMessage({ ...report })).toEqual([]);
    expect(shown(report)).toMatch(
      /\*Maintenance\* {2}· {2}Q1 2026 so far\n\*67 % done\* {2}· {2}1 missed, 2 done in time/,
    );
    expect(shown(report)).toContain('By team\n• *Database team*  1 missed, 2 done in time');
    expect(shown(report)).toContain('By type of maintenance\n• *preventive*  1 missed, 2 done in time');
  });

  it('of one team leaves out the teams, and one of nothing is one line', () => {
    const report = reportMessage(completionOf(WEEK.runs, 'dba'), { period, owner: 'dba', now }, spec);
    expect(shown(report)).toContain('*Maintenance of Database team*');
    expect(shown(report)).not.toContain('By team');
    expect(shown(reportMessage(completionOf([]), { period, owner: null, now }, spec))).toContain('nothing fell due.');
  });
});
