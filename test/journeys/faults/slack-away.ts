import { expect } from 'vitest';
import type { Fault } from '../../support/slack-faults.ts';
import { type Account, ALL_WELL } from './account.ts';
import type { Stage } from './stage.ts';
import { acknowledged, answerTo, MESSAGES, openDeclareForm, workOn } from './worked-incident.ts';

/** Every way in which a call to Slack can fail that may pass. */
export const PASSING: readonly Fault[] = [
  { rateLimited: 1 },
  { status: 500 },
  { status: 503 },
  { error: 'internal_error' },
  { reset: true },
  { status: 500, delivered: true },
  { reset: true, delivered: true },
];

/** Works an incident from the form to its end while the next calls to Slack meet these faults, in this order. */
export async function workThrough(stage: Stage, faults: readonly Fault[]): Promise<Account> {
  const form = await openDeclareForm(stage);
  for (const fault of faults) stage.slack.faults.next('*', fault);
  await workOn(stage, await form.submit());
  return stage.settled();
}

/** Declares an incident and works it to its end by commands alone, which need nothing of Slack. Gives its number. */
export async function declareAndWork(stage: Stage, title: string): Promise<number> {
  const sent = await stage.driver.as('alice').slash('/incident', `declare SEV2 ${title}`, { channel: 'ops' });
  const id = acknowledged(await answerTo(stage, sent), /is declared/);
  await workOn(stage, id);
  return Number(id.slice('INC-'.length));
}

/** The incidents whose announcements stand in #incidents, in that order. */
export function announced({ slack }: Stage): number[] {
  return slack.history('incidents').flatMap(({ text }) => {
    const number = /INC-(\d+)/.exec(text)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

/** Everything was delivered once and in order, nothing was given up, nobody had to be told anything. */
export function expectAllWell({ incidents, ...account }: Account, worked: number): void {
  expect({ incidents, ...account }).toEqual({ ...ALL_WELL, incidents: worked, promised: MESSAGES * worked });
}
