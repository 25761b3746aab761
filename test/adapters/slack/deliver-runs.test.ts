import { afterEach, beforeEach, expect, it } from 'vitest';
import { finishRun } from '../../../src/usecases/duty/done.ts';
import { followRuns } from '../../../src/usecases/duty/follow.ts';
import { planDuties } from '../../../src/usecases/duty/plan.ts';
import { aDuty, HOUR, specWith } from '../../support/duty-spec.ts';
import { incidentSpec } from '../../support/incident-spec.ts';
import { type DeliveryHarness, deliveryHarness } from './delivery-harness.ts';

let harness: DeliveryHarness;
beforeEach(async () => {
  harness = await deliveryHarness();
});
afterEach(() => harness.close());

it('the announcement and the card of a run are posted once each and edited to show how it stands', async () => {
  const { slack, first, caller } = harness;
  const time = { now: new Date('2026-03-02T06:00:00Z') };
  const teams = { dba: { name: 'Database team', channel: 'general', members: [], escalation: [], managers: false } };
  const spec = { ...incidentSpec, ...specWith(aDuty({ announceBefore: HOUR })), teams };
  const deps = { store: first.store, clock: { now: () => time.now }, spec: { current: () => spec } };
  for (const at of ['06:30', '07:00', '08:00']) {
    time.now = new Date(`2026-03-02T${at}:00Z`);
    await planDuties(deps);
    await followRuns(deps);
  }
  const [run] = await first.store.runs({}, 'soonest', 1);
  await finishRun(deps, caller, { number: run?.number ?? 0, evidence: [] });
  const rows = await harness.settled();
  expect(rows.map(({ error }) => error)).toEqual(rows.map(() => null));
  const said = slack.history('general').map(({ text }) => text);
  expect(said).toHaveLength(2);
  for (const text of said) expect(text).toMatch(/RUN-1\b.*done/is);
});
