import { expect, it } from 'vitest';
import type { OwnFacts } from '../../../src/domain/own/facts.ts';
import { judgeOwn, OWN_LIMITS, type OwnPartName } from '../../../src/domain/own/judge.ts';
import { database, well } from '../../support/own-facts.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const MIB = 1024 ** 2;

const part = (facts: OwnFacts, name: OwnPartName) => {
  const found = judgeOwn(facts).parts.find((one) => one.name === name);
  return found === undefined ? null : [found.status, found.reason, found.detail];
};
const socket = (state: OwnFacts['slack']['state'], stateForMs: number): OwnFacts => ({
  ...well,
  slack: { ...well.slack, state, stateForMs },
});
const waiting = (oldestMs: number): OwnFacts => ({
  ...well,
  database: { ...database, deliveries: { pending: 3, undeliverable: 1, oldestMs } },
});
const due = (oldestMs: number): OwnFacts => ({
  ...well,
  database: { ...database, jobs: [{ queue: 'each-minute', count: 2, underWay: 1, oldestMs }] },
});
const actions = (underWay: number): OwnFacts => ({
  ...well,
  database: { ...database, jobs: [{ queue: 'actions', count: 1, underWay, oldestMs: 40 * MINUTE }] },
});
const room = (freeBytes: number): OwnFacts => ({
  ...well,
  disks: [...well.disks, { place: 'logs', freeBytes, totalBytes: 10 * 1024 * MIB }],
});

it.each<[what: string, facts: OwnFacts, name: OwnPartName, found: unknown[]]>([
  ['nothing wrong', well, 'database', ['ok', 'answers', 'Answers in 3 ms.']],
  [
    'a slow database',
    { ...well, database: { ...database, answerMs: 1_001 } },
    'database',
    ['degraded', 'answers-slowly', 'Answers in 1001 ms.'],
  ],
  [
    'no database',
    { ...well, database: null },
    'database',
    ['failing', 'does-not-answer', 'The database does not answer.'],
  ],
  [
    'a socket that is opened again',
    socket('connecting', 59 * SECOND),
    'slack',
    ['degraded', 'reconnecting', 'The socket has been reconnecting for 59 s. Something last came in 42 s ago.'],
  ],
  [
    'a socket that stays closed',
    socket('disconnected', MINUTE),
    'slack',
    ['failing', 'not-connected', 'The socket has been closed for 1 min. Something last came in 42 s ago.'],
  ],
  [
    'a quiet night',
    { ...well, slack: { ...well.slack, lastEventAgeMs: 10 * 60 * MINUTE } },
    'slack',
    ['ok', 'connected', 'Something last came in 10 h ago.'],
  ],
  [
    'something that waits to be said',
    waiting(5 * MINUTE),
    'queue',
    ['degraded', 'lagging', '3 to say, 1 undeliverable, 0 jobs due; the oldest waits 5 min.'],
  ],
  [
    'something that waits for half an hour',
    waiting(30 * MINUTE),
    'queue',
    ['failing', 'stuck', '3 to say, 1 undeliverable, 0 jobs due; the oldest waits 30 min.'],
  ],
  [
    'a job nobody begins',
    due(31 * MINUTE),
    'queue',
    ['failing', 'stuck', '0 to say, 0 undeliverable, 2 jobs due; the oldest waits 31 min.'],
  ],
  [
    'an action that waits while a long one runs',
    actions(1),
    'queue',
    ['ok', 'moving', '0 to say, 0 undeliverable, 1 jobs due; the oldest waits 0 s.'],
  ],
  [
    'an action nobody begins',
    actions(0),
    'queue',
    ['failing', 'stuck', '0 to say, 0 undeliverable, 1 jobs due; the oldest waits 40 min.'],
  ],
  [
    'a queue nobody can see',
    { ...well, database: null },
    'queue',
    ['unknown', 'database-away', 'Not known while the database is away.'],
  ],
  [
    'work that stands still',
    { ...well, sinceTickMs: 5 * MINUTE },
    'work',
    ['failing', 'stopped', 'Last looked at what is due 5 min ago.'],
  ],
  [
    'work that stands still without a database',
    { ...well, sinceTickMs: 5 * MINUTE, database: null },
    'work',
    ['unknown', 'database-away', 'Not known while the database is away.'],
  ],
  [
    'an instance for commands only',
    { ...well, sinceTickMs: null },
    'work',
    ['ok', 'others-work', 'This instance takes commands only.'],
  ],
  [
    'a clock that is slow',
    { ...well, database: { ...database, aheadMs: 5_000 } },
    'clock',
    ['degraded', 'off', '5.0 s behind the database.'],
  ],
  ['a clock that is fast', { ...well, slackAheadMs: -6_200 }, 'clock', ['degraded', 'off', '6.2 s ahead of Slack.']],
  [
    'a clock Slack would refuse',
    { ...well, slackAheadMs: 300_000 },
    'clock',
    ['failing', 'far-off', '300.0 s behind Slack.'],
  ],
  [
    'a clock nobody can tell',
    { ...well, slackAheadMs: null, database: null },
    'clock',
    ['unknown', 'database-away', 'There is nothing to compare it with.'],
  ],
  ['logs that fill their disk', room(1023 * MIB), 'disk', ['degraded', 'little-room', '1023 MiB free at LOG_DIR.']],
  ['a full disk', room(127 * MIB), 'disk', ['failing', 'no-room', '127 MiB free at LOG_DIR.']],
  [
    'no folder to write to',
    { ...well, disks: [] },
    'disk',
    ['failing', 'no-room', 'The folder Mainstay writes to cannot be found.'],
  ],
  [
    'an instance with another spec',
    { ...well, database: { ...database, instances: { alive: 3, behind: 1 } } },
    'spec',
    ['degraded', 'not-everywhere', '3 instances are alive; 1 of them cannot run the spec in force.'],
  ],
])('%s', (_what, facts, name, found) => {
  expect(part(facts, name)).toEqual(found);
});

it('is as bad as its worst part, and what is unknown adds nothing to the fault it comes from', () => {
  expect(judgeOwn(well).status).toBe('ok');
  expect(judgeOwn({ ...well, slackAheadMs: OWN_LIMITS.clockOff }).status).toBe('degraded');
  expect(judgeOwn({ ...waiting(OWN_LIMITS.stuck), slackAheadMs: OWN_LIMITS.clockOff }).status).toBe('failing');
  const away = judgeOwn({ ...well, database: null }).parts;
  expect(away.filter(({ status }) => status === 'failing').map(({ name }) => name)).toEqual(['database']);
});
