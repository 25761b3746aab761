import { expect, vi } from 'vitest';
import type { OwnPostgres } from '../../support/own-postgres.ts';
import { type Account, ALL_WELL } from './account.ts';
import { PATIENCE, type Stage } from './stage.ts';
import { answerTo } from './worked-incident.ts';

/** What a refused command says: what is wrong, that nothing is certain, and what to do. */
export const AWAY =
  /^Mainstay's own database does not answer, so this may not have been recorded\. The operators know\. Look before you try again in a minute; reference [0-9a-f]{8}\.$/;
export const DECLARED = /\*(INC-\d+)\* Search is slow is declared/;
/** What the operators are told, past the queue. */
const TOLD = ':rotating_light: Mainstay cannot reach its own database.';

export interface Outage {
  readonly acknowledged: readonly string[];
  readonly refused: number;
  readonly account: Account;
}

/** People who declare, and what each was answered: an incident, or what is wrong. */
export function declarers(stage: Stage) {
  const acknowledged: string[] = [];
  let refused = 0;
  /** True when it was acknowledged. */
  const declare = async (): Promise<boolean> => {
    const sent = await stage.driver
      .as('alice')
      .slash('/incident', 'declare SEV3 Search is slow', { channel: 'general' });
    expect(sent.status).toBe(200);
    const answer = await answerTo(stage, sent);
    const id = DECLARED.exec(answer)?.[1];
    if (id === undefined) {
      expect(answer).toMatch(AWAY);
      refused += 1;
      return false;
    }
    acknowledged.push(id);
    return true;
  };
  return {
    declare,
    crowd: () => Promise.all(Array.from({ length: 10 }, declare)),
    /** Goes on until the database is back and everything is delivered. */
    outcome: async (): Promise<Outage> => {
      await vi.waitUntil(declare, PATIENCE);
      return { acknowledged, refused, account: await stage.settled() };
    },
  };
}

/**
 * Takes the database away under ten people who declare, for so many milliseconds in which one keeps on trying, and gives it
 * back. Every command is answered with an incident or with what is wrong; all goes on by itself.
 */
export async function databaseAway(
  stage: Stage,
  database: Pick<OwnPostgres, 'start' | 'stop'>,
  how: 'immediate' | 'kill',
  milliseconds: number,
): Promise<Outage> {
  const instance = await stage.start();
  const { declare, crowd, outcome } = declarers(stage);
  const health = async (path: string) => (await fetch(`${instance.url}${path}`)).status;

  expect(await crowd()).not.toContain(false);
  // Deliveries are under way, and so are ten transactions.
  await Promise.all([crowd(), database.stop(how)]);
  const gone = performance.now();
  expect(await crowd()).not.toContain(true);
  const event = await stage.driver.event({ type: 'app_home_opened', user: stage.slack.users.bob, tab: 'home' });
  expect(event.status).toBe(503);
  expect([await health('/health'), await health('/health/db'), await health('/health/ready')]).toEqual([200, 503, 503]);
  const over = async () => {
    expect(await declare()).toBe(false);
    return performance.now() - gone >= milliseconds;
  };
  await vi.waitUntil(over, { timeout: milliseconds + PATIENCE.timeout, interval: 50 });

  await database.start();
  const outage = await outcome();
  expect(await crowd()).not.toContain(false);
  expect((await stage.driver.retry(event)).status).toBe(200);
  expect(await health('/health/ready')).toBe(200);
  expect(instance.alive()).toBe(true);
  return { ...outage, account: await stage.settled() };
}

/** How often the operators were told, past the queue, that the database is away. */
export function timesTold({ slack }: Stage): number {
  return slack.history('ops').filter(({ text }) => text.startsWith(TOLD)).length;
}

/** All that was acknowledged is there, and everything was delivered once; nothing but the word to the operators was added. */
export async function expectKept(stage: Stage, { acknowledged, account }: Outage): Promise<void> {
  const { incidents } = account;
  const amiss = account.amiss.filter((sentence) => !sentence.startsWith(`nobody promised "${TOLD}`));
  expect({ ...account, amiss }).toEqual({ ...ALL_WELL, incidents, promised: 2 * incidents });
  const there = await stage.rows<{ id: string }>(`select 'INC-' || number as id from "Incident"`);
  expect(acknowledged.filter((id) => !there.some((row) => row.id === id))).toEqual([]);
}
