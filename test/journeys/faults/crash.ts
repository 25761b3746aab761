import { expect, vi } from 'vitest';
import type { MainstayProcess } from '../../support/mainstay-process.ts';
import { type Account, ALL_WELL } from './account.ts';
import { PATIENCE, type Stage } from './stage.ts';
import { MESSAGES, openDeclareForm, workOn } from './worked-incident.ts';

/** Where the instance dies: at which of its calls to Slack, counted from 1, and whether Slack still did what that call asked. */
export interface Death {
  readonly atCall: number;
  readonly delivered: boolean;
}

export interface Aftermath {
  /** False: it was all delivered in fewer calls, so nobody was killed. */
  readonly killed: boolean;
  readonly account: Account;
}

/**
 * Works an incident to its end; from one call to Slack on, no call is answered any more, and when that call was made the instance
 * is killed and another one started. What was acknowledged by then is the whole incident.
 */
export async function crashAt(stage: Stage, { atCall, delivered }: Death): Promise<Aftermath> {
  const { slack } = stage;
  const victim = stage.instances[0] ?? (await stage.start());
  const form = await openDeclareForm(stage);
  const before = slack.calls.length;
  slack.faults.outage({ hang: true, delivered }, { from: atCall });
  await workOn(stage, await form.submit());
  const killed = await cameTo(stage, before + atCall);
  if (killed) await replace(stage, victim);
  slack.faults.recover();
  if (killed) await stage.start();
  return { killed, account: await stage.settled() };
}

async function replace(stage: Stage, victim: MainstayProcess): Promise<void> {
  await stage.kill(victim);
  expect(await stage.pending()).toBeGreaterThan(0);
}

/** Whether so many calls were made before there was nothing left to deliver. */
async function cameTo({ slack, pending }: Stage, calls: number): Promise<boolean> {
  await vi.waitUntil(async () => slack.calls.length >= calls || (await pending()) === 0, PATIENCE);
  return slack.calls.length >= calls;
}

/** Dies at each call in turn, with an incident for each, until an incident is delivered in fewer calls. Gives the deaths. */
export async function crashAtEveryCall(stage: Stage, delivered: boolean): Promise<number> {
  for (let atCall = 1; ; atCall += 1) {
    const { killed, account } = await crashAt(stage, { atCall, delivered });
    const incidents = atCall;
    expect({ atCall, ...account }).toEqual({ atCall, ...ALL_WELL, incidents, promised: MESSAGES * incidents });
    if (!killed) return atCall - 1;
  }
}
