import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAuditLog } from '../../../src/adapters/postgres/audit-log.ts';
import { verifyLog } from '../../../src/usecases/audit/verify.ts';
import { muteCheck } from '../../../src/usecases/health/mute.ts';
import { aCheck } from '../../support/check-story.ts';
import { healthHarness, person } from '../health/health-harness.ts';

let checks: Awaited<ReturnType<typeof healthHarness>>;
beforeAll(async () => {
  checks = await healthHarness(aCheck({ key: 'api-health' }));
  const mute = (until: string, key: string) =>
    muteCheck(
      checks.deps,
      { ...person('UBOB'), requestKey: key },
      { key: 'api-health', until: new Date(until), reason: 'Moved' },
    );
  await mute('2026-11-21T16:00:00.000Z', 'one');
  await mute('2026-11-21T18:00:00.000Z', 'two');
});
afterAll(() => checks.close());

const verdict = async () => {
  const log = createAuditLog(checks.db, { enqueue: async () => {} });
  return (await verifyLog({ log, published: null })).faults.map(({ sentence }) => sentence);
};
const sql = (text: string) => checks.db.pool.query(text);

it('holds what is kept of a check against its chain: a mute nobody gave, a row that is gone, one that was made up', async () => {
  expect(await verdict()).toEqual([]);
  await sql(`update "CheckState" set "mutedUntil" = '2099-01-01'`);
  expect(await verdict()).toEqual([
    'The row of CHK-api-health was altered: its column mutedUntil is not what its state says.',
  ]);
  await sql(`update "CheckState" set state = jsonb_set(state, '{mute,until}', '"2099-01-01T00:00:00.000Z"')`);
  expect(await verdict()).toEqual([expect.stringContaining('The state of CHK-api-health was altered: its field mute')]);
  await sql(`update "CheckState" set key = 'made-up'`);
  expect(await verdict()).toEqual([
    expect.stringContaining('CHK-api-health has events and no state: its row in "CheckState" was deleted'),
    expect.stringContaining('CHK-made-up has a state and no events'),
  ]);
});
