import { expect, it } from 'vitest';
import { ownHealthCard, ownHealthTold } from '../../blocks/own-health.ts';
import { judgeOwn } from '../../src/domain/own/judge.ts';
import { shown } from '../support/journey.ts';
import { database, well } from '../support/own-facts.ts';
import { checkMessage } from '../support/slack-limits.ts';

const card = (facts: typeof well) => ownHealthCard({ facts, health: judgeOwn(facts) }, '1.2.3');

it('shows how Mainstay is on one card, the worst first, with what to do', () => {
  const message = card({
    ...well,
    slackAheadMs: 7_000,
    database: { ...database, deliveries: { pending: 9, undeliverable: 2, oldestMs: 3_600_000 } },
  });
  expect(checkMessage({ ...message })).toEqual([]);
  expect(shown(message).split('\n')).toEqual([
    ':red_circle: *Part of Mainstay does not work.*',
    ':red_circle: *Queue*  9 to say, 2 undeliverable, 0 jobs due; the oldest waits 60 min. `/ops queue` shows what waits and why.',
    ':large_yellow_circle: *Clock*  7.0 s behind Slack. Look at the time synchronisation of the machine.',
    ':large_green_circle: *Database*  Answers in 3 ms.',
    ':large_green_circle: *Slack*  Something last came in 42 s ago.',
    ':large_green_circle: *Own work*  Last looked at what is due 20 s ago.',
    ':large_green_circle: *Disk*  40.0 GiB free at MAINSTAY_HOME.',
    ':large_green_circle: *Operations spec*  1 instance is alive.',
    'Version 1.2.3, running Northwind (`a3f5c2e9d8b7`). `/health` is about what the spec watches.',
  ]);
});

it('says when all is well', () => {
  expect(card(well).text).toBe('Mainstay is well.');
});

it('tells operators what is wrong since when and what to do, and that it is over', () => {
  const event = {
    part: 'disk',
    place: 'app-1',
    status: 'degraded',
    reason: 'little-room',
    detail: '900 MiB free at MAINSTAY_HOME.',
    since: '2026-11-21T14:00:00.000Z',
  } as const;
  const told = ownHealthTold({ ...event, kind: 'own.degraded' });
  expect(shown(told)).toMatch(
    /^:large_yellow_circle: Mainstay itself: Disk on app-1 has not been well since <!date.*900 MiB free at MAINSTAY_HOME\.\nFree room, or move the folder\. `\/ops health`/s,
  );
  const over = ownHealthTold({
    ...event,
    kind: 'own.recovered',
    status: 'ok',
    reason: 'room',
    detail: '20.0 GiB free at MAINSTAY_HOME.',
  });
  expect(shown(over)).toMatch(/^:large_green_circle: Mainstay itself: Disk on app-1 is well again, since <!date/);
});
