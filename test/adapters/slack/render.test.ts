import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { postUpdate } from '../../../src/usecases/incident/post-update.ts';
import { setOwner } from '../../../src/usecases/incident/set-owner.ts';
import { setSeverity } from '../../../src/usecases/incident/set-severity.ts';
import { type DeliveryHarness, deliveryHarness, line, linesIn, PATIENCE } from './delivery-harness.ts';

let harness: DeliveryHarness;
beforeEach(async () => {
  harness = await deliveryHarness();
});
afterEach(() => harness.close());

const ANNOUNCEMENT = 'incident:1:announcement:incidents';

/** What the announcement of INC-1 shows now. */
function announced(): string {
  const shown = harness.slack.history('incidents').filter(({ text }) => text.includes('INC-1'));
  expect(shown).toHaveLength(1);
  return JSON.stringify(shown[0]?.blocks);
}

async function update(text: string): Promise<void> {
  const updated = await postUpdate(harness.deps, harness.caller, { number: 1, text });
  if (!updated.ok) throw new Error(updated.refusal.message);
}

async function versionShown(): Promise<number | undefined> {
  const { rows } = await harness.first.database.pool.query<{ version: number }>(
    'select version from "MessageRef" where key = $1',
    [ANNOUNCEMENT],
  );
  return rows[0]?.version;
}

describe('a message that is edited in place', () => {
  it('shows the latest state in the end, whatever Slack did to the edits', async () => {
    const { slack } = harness;
    await harness.instance();
    await harness.declare({ severity: 'SEV3' });
    await harness.settled();
    slack.faults.next('chat.update', { rateLimited: 1 });
    await update('State 1');
    await update('State 2');
    await harness.settled();
    slack.faults.next('chat.update', { reset: true, delivered: true });
    await update('State 3');
    await harness.settled();
    slack.faults.next('chat.update', { status: 502 });
    for (let n = 4; n <= 8; n++) await update(`State ${n}`);
    await setOwner(harness.deps, harness.caller, { number: 1, owner: slack.users.bob });
    await harness.settled();
    expect(announced()).toContain('State 8');
    expect(announced()).toContain(slack.users.bob);
    const incident = await harness.first.store.incident(1);
    expect(await versionShown()).toBe(incident?.version);
  });

  it('never goes back to an older state', async () => {
    const { slack } = harness;
    await harness.instance();
    await harness.declare({ severity: 'SEV3' });
    await harness.settled();
    for (let n = 1; n <= 8; n++) await update(`State ${n}`);
    await harness.settled();
    const shown = slack
      .callsTo('chat.update')
      .filter(({ args }) => args['channel'] === slack.channels['incidents'])
      .flatMap(({ args }) => /State (\d)/.exec(JSON.stringify(args['blocks']))?.[1] ?? []);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown).toEqual(shown.toSorted());
    expect(shown.at(-1)).toBe('8');
  });

  it('is not edited when it already shows the latest state', async () => {
    const { slack } = harness;
    await harness.declare({ severity: 'SEV3' });
    await harness.settled();
    const before = slack.callsTo('chat.update').length;
    await harness.promise({ kind: 'render', key: ANNOUNCEMENT }, { kind: 'render', key: ANNOUNCEMENT });
    await harness.settled();
    expect(slack.callsTo('chat.update')).toHaveLength(before);
  });

  it('is shown as it is once it is posted, when the changes came before that', async () => {
    const { slack } = harness;
    const { incidents } = slack.channels;
    slack.faults.next('chat.postMessage', { status: 503 }, { times: 5, where: ({ channel }) => channel === incidents });
    await harness.declare({ severity: 'SEV3' });
    await update('State 1');
    await setSeverity(harness.deps, harness.caller, { number: 1, to: 'SEV2', reason: 'More carts' });
    await harness.settled();
    expect(announced()).toContain('State 1');
    expect(announced()).toContain('SEV2');
  });

  it('and was deleted ends as undeliverable, and blocks nothing', async () => {
    const { slack } = harness;
    await harness.declare({ severity: 'SEV3' });
    await harness.settled();
    const [message] = slack.history('incidents').filter(({ text }) => text.includes('INC-1'));
    slack.stage.emulator.table('messages').delete(message?.id ?? 0);
    await update('State 1');
    await harness.promise(line(1));
    const rows = await harness.settled();
    expect(rows.filter(({ status }) => status === 'undeliverable')).toMatchObject([
      { lane: `render:${ANNOUNCEMENT}`, error: 'The message was deleted.' },
    ]);
    expect(linesIn(slack)).toEqual([1]);
    await vi.waitFor(
      () => expect(JSON.stringify(slack.history('ops'))).toContain('the newest state of INC-1* to #incidents'),
      PATIENCE,
    );
  });
});
