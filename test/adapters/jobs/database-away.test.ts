import { expect, it } from 'vitest';
import { openQueue } from '../../../src/adapters/jobs/boss.ts';
import { DatabaseUnavailable } from '../../../src/usecases/errors.ts';
import { testLogger } from '../../support/logger.ts';
import { ownPostgres } from '../../support/own-postgres.ts';

it('a job that is sent while the database is away is refused with that reason, and sent once when it is back', async () => {
  const database = await ownPostgres();
  const queue = await openQueue(database.url, { keep: false, log: testLogger().logger });
  await database.stop('immediate');
  await expect(queue.sendOnce('daily', '2026-11-21')).rejects.toThrow(DatabaseUnavailable);
  await expect(queue.sendOnce('daily', '2026-11-21')).rejects.toThrow(DatabaseUnavailable);
  await database.start();
  for (let time = 0; time < 2; time++) await queue.sendOnce('daily', '2026-11-21');
  expect(await queue.boss.findJobs('daily')).toHaveLength(1);
  await queue.close();
  await database.delete();
});
