import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type OwnPostgres, ownPostgres } from '../../support/own-postgres.ts';
import { ALL_WELL } from './account.ts';
import { AWAY, DECLARED, databaseAway, declarers, expectKept, timesTold } from './outage.ts';
import { faultStage, PATIENCE, patiently, type Stage } from './stage.ts';
import { answerTo, MESSAGES, openDeclareForm, workOn } from './worked-incident.ts';

patiently();

const SECOND = 1_000;

let database: OwnPostgres;
let stage: Stage;
beforeEach(async () => {
  database = await ownPostgres();
  stage = await faultStage(database);
});
afterEach(async () => {
  await stage.stop();
  await database.delete();
});

it.each(['immediate', 'kill'] as const)('a database away for 20 seconds (%s) loses nothing', async (how) => {
  const outage = await databaseAway(stage, database, how, 20 * SECOND);
  expect(outage.refused).toBeGreaterThan(100);
  expect(timesTold(stage)).toBe(1);
  await expectKept(stage, outage);
});

it.runIf(process.platform === 'linux')('a database that hangs for 20 seconds loses nothing either', async () => {
  const { driver } = stage;
  const instance = await stage.start();
  await database.freeze();
  const frozen = performance.now();
  const sent = await Promise.all(
    Array.from({ length: 14 }, () => driver.as('alice').slash('/incident', 'declare SEV3 Search is slow')),
  );
  expect(sent.map(({ body }) => body)).toEqual(
    sent.map(() => expect.objectContaining({ text: expect.stringMatching(/^Still working|does not answer/) })),
  );
  expect((await fetch(`${instance.url}/health/ready`)).status).toBe(503);
  await vi.waitUntil(() => performance.now() - frozen > 20 * SECOND, PATIENCE);
  await database.thaw();
  const answers = await Promise.all(sent.map((one) => answerTo(stage, one)));
  const acknowledged = answers.flatMap((answer) => /\*(INC-\d+)\*/.exec(answer)?.[1] ?? []);
  // How many got through depends on how far each was; the rest were told, and the next one is answered again.
  expect(answers.filter((answer) => !DECLARED.test(answer) && !AWAY.test(answer))).toEqual([]);
  const after = await declarers(stage).outcome();
  await expectKept(stage, { ...after, acknowledged: [...acknowledged, ...after.acknowledged] });
  expect(timesTold(stage)).toBeLessThan(2);
});

it.runIf(process.platform === 'linux')(
  'SIGTERM while the database hangs ends Mainstay in time and loses nothing',
  async () => {
    const instance = await stage.start();
    const form = await openDeclareForm(stage);
    await workOn(stage, await form.submit());
    await database.freeze();
    stage.instances.length = 0;
    instance.log.expectErrors(/ending took too long/);
    const asked = performance.now();
    expect(await instance.end()).toBe(1);
    expect(performance.now() - asked).toBeLessThan(30 * SECOND);
    await database.thaw();
    await stage.start();
    expect(await stage.settled()).toEqual({ ...ALL_WELL, incidents: 1, promised: MESSAGES });
  },
);
