import { expect } from 'vitest';
import type { PersonName } from '../../support/emulate.ts';
import { type Account, ALL_WELL } from './account.ts';
import type { Stage } from './stage.ts';
import { acknowledged, answerTo } from './worked-incident.ts';

/** The messages one incident of the crowd promises: card, announcement, the owner's line and the update's. */
const MESSAGES = 4;
const PEOPLE: readonly PersonName[] = ['alice', 'bob', 'charlie'];

/**
 * Declares so many incidents through whichever instances take requests, several at a time, each with an owner and an update.
 * A request that an instance took and never answered is delivered again. Gives the ids that were acknowledged.
 */
export async function declareMany(stage: Stage, count: number, atOnce = 10): Promise<string[]> {
  const ids: string[] = [];
  let begun = 0;
  const oneAfterTheOther = async () => {
    while (begun < count) {
      begun += 1;
      ids.push(await declareAndWork(stage, PEOPLE[begun % PEOPLE.length] ?? 'alice'));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, oneAfterTheOther));
  return ids;
}

async function declareAndWork(stage: Stage, person: PersonName): Promise<string> {
  const { driver } = stage;
  const type = async (command: string, text: string, answered: RegExp) => {
    const sent = await driver.as(person).slash(command, text, { channel: 'general' });
    return acknowledged(await answerTo(stage, sent.status === 0 ? await driver.retry(sent) : sent), answered);
  };
  const id = await type('/incident', 'declare SEV3 Trouble of a crowd', /is declared/);
  await type('/owner', `${id} me`, /^Owner of/);
  await type('/incident', `update ${id} Looking into it`, /^Update on/);
  return id;
}

/** Every acknowledged incident is there, no other is, and everything they promised was done once. */
export function expectAllThere(account: Account, ids: readonly string[]): void {
  expect(new Set(ids).size).toBe(ids.length);
  expect(account).toEqual({ ...ALL_WELL, incidents: ids.length, promised: MESSAGES * ids.length });
}

/** How many deliveries each instance took, as far as the last minute remembers; the fewest first. */
export async function shares(stage: Stage): Promise<number[]> {
  const rows = await stage.rows<{ jobs: number }>(
    `select count(*)::int as jobs from "JobClaim" where queue = 'slack' group by instance order by jobs`,
  );
  return rows.map(({ jobs }) => jobs);
}
