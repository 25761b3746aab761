import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ownPostgres } from '../../support/own-postgres.ts';
import { databaseAway, declarers, expectKept, timesTold } from './outage.ts';
import { faultStage, patiently } from './stage.ts';

patiently();

const AWAY_MS = 3_000;

it('with its database away Mainstay says so, tells the operators once, and goes on by itself with all it acknowledged', async () => {
  const database = await ownPostgres();
  const stage = await faultStage(database);
  onTestFinished(() => stage.stop().finally(database.delete));
  const outage = await databaseAway(stage, database, 'immediate', AWAY_MS);
  expect(outage.refused).toBeGreaterThan(10);
  expect(timesTold(stage)).toBe(1);
  await expectKept(stage, outage);
});

it('the embedded database killed under Mainstay is started again by it, with all it acknowledged', async () => {
  const stage = await faultStage('embedded');
  onTestFinished(stage.stop);
  const instance = await stage.start();
  const { crowd, outcome } = declarers(stage);
  expect(await crowd()).not.toContain(false);
  const lock = await readFile(join(stage.home, 'postgres/data/postmaster.pid'), 'utf8');
  const declaring = crowd();
  process.kill(Number(lock.split('\n')[0]), 'SIGKILL');
  await declaring;
  await expectKept(stage, await outcome());
  expect(instance.alive()).toBe(true);
  expect(timesTold(stage)).toBeLessThan(2);
});
