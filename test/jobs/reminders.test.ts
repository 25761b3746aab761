import { afterAll, beforeAll, expect, it } from 'vitest';
import { reminders } from '../../src/jobs/reminders.ts';
import { declareIncident } from '../../src/usecases/incident/declare.ts';
import { storeHarness } from '../adapters/postgres/store-harness.ts';
import { alice, incidentSpec, minutesLater, now as noon } from '../support/incident-spec.ts';
import { aDeclaration } from '../support/incident-story.ts';
import { testLogger } from '../support/logger.ts';

let harness: Awaited<ReturnType<typeof storeHarness>>;
beforeAll(async () => {
  harness = await storeHarness();
});
afterAll(() => harness.close());

it('somebody is reminded once of a late update, and the log says why, and why not', async () => {
  let now = noon;
  const { logger, log } = testLogger();
  const deps = { store: harness.store, clock: { now: () => now }, spec: { current: () => incidentSpec } };
  const caller = { actor: { kind: 'slack', user: alice }, requestKey: null, groups: [] } as const;
  await declareIncident(deps, caller, { ...aDeclaration, severity: 'SEV1' });
  const promised = harness.promised.length;

  now = minutesLater(16);
  for (let minute = 0; minute < 2; minute++) for (const chore of reminders(deps, logger)) await chore.run(now);
  expect(harness.promised).toHaveLength(promised + 1);
  const said = log.lines.filter(({ msg }) => msg === 'reminded');
  expect(said).toMatchObject([{ incident: 'INC-1', chore: 'remind-overdue-updates', reason: expect.any(String) }]);
});
