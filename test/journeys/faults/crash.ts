import { expect, vi } from 'vitest';
import type { TestSlack } from '../../support/emulate.ts';
import type { MainstayProcess } from '../../support/mainstay-process.ts';
import { type Account, ALL_WELL } from './account.ts';
import { PATIENCE, type Stage } from './stage.ts';
import { MESSAGES, openDeclareForm, workOn } from './worked-incident.ts';

/** Where the instance dies. `begin` is called before the first delivery, and gives whether it has come to that. */
interface Death {
  begin(slack: TestSlack): () => boolean;
}

export interface Aftermath {
  /** False: everything was delivered and it never came to that. */
  readonly killed: boolean;
  readonly account: Account;
}

/**
 * At a call to Slack, counted from 1: from it on no call is answered any more.
 * @param delivered whether Slack still does what the calls ask
 */
export function atCall(call: number, delivered: boolean): Death {
  return {
    begin(slack) {
      const before = slack.calls.length;
      slack.faults.outage({ hang: true, delivered }, { from: call });
      return () => slack.calls.length >= before + call;
    },
  };
}

/** At the first call of a method whose arguments pass `where`: Slack does what it asks, and nobody hears of it. */
export function unheard(
  method: string,
  where: (args: Readonly<Record<string, unknown>>) => boolean = () => true,
): Death {
  return {
    begin(slack) {
      const before = slack.calls.length;
      slack.faults.next(method, { hang: true, delivered: true }, { where });
      return () => slack.calls.slice(before).some(({ fault, delivered }) => fault && delivered);
    },
  };
}

/**
 * Works an incident to its end, kills the instance when it has come to its death, and starts another one. What was acknowledged
 * by then is the whole incident.
 */
export async function crash(stage: Stage, death: Death): Promise<Aftermath> {
  const { slack } = stage;
  const victim = stage.instances[0] ?? (await stage.start());
  const form = await openDeclareForm(stage);
  const hasCome = death.begin(slack);
  await workOn(stage, await form.submit());
  await vi.waitUntil(async () => hasCome() || (await stage.pending()) === 0, PATIENCE);
  const killed = hasCome();
  if (killed) await kill(stage, victim);
  slack.faults.recover();
  if (killed) await stage.start();
  return { killed, account: await stage.settled() };
}

async function kill(stage: Stage, victim: MainstayProcess): Promise<void> {
  await stage.kill(victim);
  expect(await stage.pending()).toBeGreaterThan(0);
}

/** Dies at each call in turn, with an incident for each, until an incident is delivered in fewer calls. Gives the deaths. */
export async function crashAtEveryCall(stage: Stage, delivered: boolean): Promise<number> {
  for (let call = 1; ; call += 1) {
    const { killed, account } = await crash(stage, atCall(call, delivered));
    const incidents = call;
    expect({ call, ...account }).toEqual({ call, ...ALL_WELL, incidents, promised: MESSAGES * incidents });
    if (!killed) return call - 1;
  }
}
