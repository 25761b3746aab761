import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageRow } from '../../demo/slack/records.ts';
import { type Journey, shown, startJourney, told } from '../support/journey.ts';

/** The story begins on Saturday at 14:00 UTC; the team is told on working days, and looks back on Friday afternoon. */
const DIGESTS = `
duties:
  - key: backups
    title: Backup verification
    when: { every: week, on: monday, at: "08:00" }
    owner: payments
    grace: 8h
digest:
  payments:
    at: "09:00"
    days: working days
    rollups: [{ every: week, on: friday, at: "16:00" }]
`;
const HOUR = 60;

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ spec: (northwind) => northwind + DIGESTS });
  await journey.minute();
});
afterAll(() => journey.stop());

/** Moves the clock by hours, and has the app do what it does each minute. */
async function pass(hours: number): Promise<void> {
  journey.later(hours * HOUR);
  await journey.minute();
}

const digests = (words: string) => journey.slack.history('team-payments').filter((row) => shown(row).includes(words));

describe('a team', () => {
  let digest: MessageRow;

  it('is told on Monday morning what matters, once', async () => {
    await journey.type('bob', '/incident declare sev2 Checkout is slow', 'general');
    // Monday, 8:00 and 9:00.
    await pass(42);
    await pass(1);
    await journey.minute();
    digest = await journey.message('team-payments', 'Monday 23 November');
    expect(shown(digest)).toMatch(/1 due {2}· {2}1 open incident/);
    expect(shown(digest)).toMatch(/:clipboard: \*RUN-1\* Backup verification {2}· {2}due since <!date/);
    expect(shown(digest)).toMatch(
      /:large_orange_circle: \*INC-1\* Checkout is slow {2}· {2}assessed, owes an update, since/,
    );
    expect(shown(digest)).toContain('No post-mortem owed.');
  });

  it('takes a duty from it, and is led to what is theirs', async () => {
    await journey.driver.as('alice').click(digest, 'run.take');
    await journey.hears('alice', '*RUN-1* Backup verification is yours.');
    await journey.driver.as('alice').click(digest, 'digest.mine');
    const mine = await journey.hears('alice', '*1 yours*');
    expect(shown(mine)).toContain('*RUN-1* Backup verification');
    expect(JSON.stringify(mine.blocks)).toContain('run.done');
  });

  it('reads on Tuesday, after an outage, what changed since Monday', async () => {
    await journey.type('alice', '/maintenance done RUN-1');
    await journey.type('bob', '/incident resolve INC-1 A slow query');
    await journey.quiet();
    await journey.end();
    journey.later(30 * HOUR);
    await journey.begin();
    await journey.minute();
    const late = await journey.message('team-payments', 'Tuesday 24 November');
    expect(shown(late)).toContain('Late: it was due');
    expect(shown(late)).toMatch(/\*INC-1\* Checkout is slow {2}· {2}resolved <!date/);
    expect(shown(late)).toContain('1 duty done');
    expect(digests('Monday 23 November')).toHaveLength(1);
  });

  it('looks back on Friday at the week, in words and in a picture', async () => {
    // Friday, 16:00.
    await pass(73);
    await journey.minute();
    const back = await journey.message('team-payments', 'Week 48 of 2026');
    expect(shown(back)).toContain('*100 % done*  ·  1 done in time');
    const picture = back.blocks?.find(({ type }) => type === 'image') as {
      slack_file?: { id: string };
      alt_text?: string;
    };
    expect(picture.alt_text).toContain('W48: of duties 1 done in time');
    const file = journey.slack.stage.emulator.table('files').findOneBy('file_id', picture.slack_file?.id);
    expect(
      Buffer.from(file?.content_base64 ?? '', 'base64')
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
  });
});

describe('whoever asks', () => {
  it('is told what became of a month, by team and by type', async () => {
    const report = told(await journey.type('charlie', '/maintenance report month'));
    expect(report).toMatch(/\*Maintenance\* {2}· {2}November 2026 so far\n\*100 % done\*/);
    expect(report).toContain('• *Payments*  1 done in time');
    expect(told(await journey.type('charlie', '/maintenance report 2026-Q9'))).toContain('is no period of a report');
  });

  it('is told of the quarter as a manager, when it is over', async () => {
    // Friday, 1 January, 9:00.
    journey.later(34 * 24 * HOUR + 17 * HOUR);
    await journey.minute();
    const summary = await journey.message('managers', 'Q4 2026');
    expect(shown(summary)).toContain('*Northwind operations*');
    expect(shown(summary)).toMatch(/By team\n• \*Payments\*/);
    expect(JSON.stringify(summary.blocks)).toContain('slack_file');
  });
});
