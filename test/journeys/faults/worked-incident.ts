/** An incident as people work it, from the form to its end: what several instances, faults and crashes have to carry. */
import { expect, vi } from 'vitest';
import type { PersonName } from '../../support/emulate.ts';
import { type Answered, shown, told } from '../../support/journey.ts';
import { PATIENCE, type Stage } from './stage.ts';

/** The messages one such incident promises: card, announcement, five lines and the managers' summary. */
export const MESSAGES = 8;

/** What is done to it after it was declared, and what the acknowledgement says when it is durable. */
const STEPS: readonly [by: PersonName, command: string, text: (id: string) => string, answered: RegExp][] = [
  ['alice', '/severity', (id) => `${id} SEV1 Half of all orders fail`, /^Severity of INC-\d+: SEV2 →/],
  ['bob', '/owner', (id) => `${id} me`, /^Owner of INC-\d+/],
  ['bob', '/incident', (id) => `update ${id} Rolling back`, /^Update on INC-\d+ posted/],
  ['charlie', '/incident', (id) => `note ${id} Support has seven tickets`, /^Noted on/],
  ['bob', '/incident', (id) => `resolve ${id} Rolled back`, /is resolved/],
];

/** Alice opens the form; what it then sends is the submission, so that no trigger is used up while Slack is away. */
export async function openDeclareForm({ slack, driver }: Stage): Promise<{ submit(): Promise<string> }> {
  const alice = driver.as('alice');
  // A machine that is busy may be too slow for Slack's 3 s; then she types it again.
  const form = await vi.waitUntil(async () => {
    await alice.slash('/incident', 'declare', { channel: 'ops' });
    return slack.modalOf('alice');
  }, PATIENCE);
  return {
    submit: async () => {
      const answers = { title: 'Checkout is down', severity: 'SEV2', service: 'checkout' };
      const id = acknowledged(told(await alice.submit(form, answers)), /is declared/);
      const notice = slack.modalOf('alice');
      if (notice !== undefined) await alice.close(notice);
      return id;
    },
  };
}

/** Everything that follows the declaration, one after the other, each acknowledged. */
export async function workOn(stage: Stage, id: string): Promise<void> {
  for (const [by, command, text, answered] of STEPS) {
    const sent = await stage.driver.as(by).slash(command, text(id), { channel: 'general' });
    acknowledged(await answerTo(stage, sent), answered);
  }
}

/** What somebody was answered: in the acknowledgement, or after it when the app took its time. */
export async function answerTo({ slack }: Stage, sent: Answered): Promise<string> {
  const acknowledgement = told(sent);
  if (!acknowledgement.startsWith('Still working')) return acknowledgement;
  const url = new URLSearchParams(sent.request.body).get('response_url');
  const answer = await vi.waitUntil(() => slack.responses.find((one) => one.url === url), PATIENCE);
  return shown(answer.payload);
}

/** The incident that an answer names. */
export function acknowledged(answer: string, pattern: RegExp): string {
  expect(answer).toMatch(pattern);
  return /INC-\d+/.exec(answer)?.[0] ?? '';
}
