import { expect, it } from 'vitest';
import { judgeOwn } from '../../src/domain/own/judge.ts';
import { heartbeat } from '../../src/jobs/heartbeat.ts';
import type { BeatSent } from '../../src/usecases/own-port.ts';
import { testLogger } from '../support/logger.ts';
import { database, well } from '../support/own-facts.ts';

const NOW = new Date('2026-11-21T14:00:00.000Z');
const HEARD: BeatSent = { kind: 'heard' };

function beating() {
  const state = { facts: well, sent: async (): Promise<BeatSent> => HEARD };
  const counted: string[] = [];
  let calls = 0;
  const { logger, log } = testLogger();
  const { chore, stop } = heartbeat({
    own: async () => ({ facts: state.facts, health: judgeOwn(state.facts) }),
    send: () => {
      calls += 1;
      return state.sent();
    },
    count: (outcome) => void counted.push(outcome),
    log: logger,
  });
  const minute = async () => {
    const before = counted.length;
    await chore.run(NOW);
    await expect.poll(() => counted.length).toBe(before + 1);
  };
  return { state, counted, minute, chore, stop, calls: () => calls, said: () => log.lines.map(({ msg }) => msg) };
}

const stuck = { ...database, deliveries: { pending: 1, undeliverable: 0, oldestMs: 1_800_000 } };
const off = { ...well.slack, state: 'disconnected' as const, stateForMs: 60_000 };

it.each([
  ['the database does not answer', { ...well, database: null }],
  ['Slack is not connected', { ...well, slack: off }],
  ['the queue does not move', { ...well, database: stuck }],
])('is held back while %s', async (_what, facts) => {
  const { state, counted, minute, calls } = beating();
  await minute();
  state.facts = facts;
  await minute();
  expect(counted).toEqual(['heard', 'held']);
  expect(calls()).toBe(1);
});

it('goes on with a full disk or while a socket is opened again: Mainstay still works, and tells of it itself', async () => {
  const { state, counted, minute } = beating();
  state.facts = { ...well, disks: [], slack: { ...off, state: 'connecting', stateForMs: 3_000 } };
  await minute();
  expect(counted).toEqual(['heard']);
});

it('says in the log when it is not heard and when it is again, not each time', async () => {
  const { state, minute, said } = beating();
  await minute();
  state.sent = async () => ({ kind: 'unheard', reason: 'It answered 500.' });
  await minute();
  await minute();
  state.sent = async () => HEARD;
  await minute();
  expect(said()).toEqual(['the heartbeat is not heard', 'the heartbeat is heard again']);
});

it('keeps nobody waiting, and sends no second one while one is under way', async () => {
  const { state, chore, calls, stop, counted } = beating();
  let answer = (_sent: BeatSent) => {};
  state.sent = () =>
    new Promise((resolve) => {
      answer = resolve;
    });
  await chore.run(NOW);
  await expect.poll(calls).toBe(1);
  await chore.run(NOW);
  const stopped = stop();
  answer(HEARD);
  await stopped;
  expect(calls()).toBe(1);
  expect(counted).toEqual([]);
});
