import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ALL_WELL } from './account.ts';
import { faultStage, PATIENCE, patiently, SPEC_FILE, type Stage } from './stage.ts';
import { MESSAGES, openDeclareForm, workOn } from './worked-incident.ts';

patiently();

/** An orchestrator kills what has not ended after 30 s. */
const MOST_MS = 30_000;

let stage: Stage;
beforeEach(async () => {
  stage = await faultStage();
});
afterEach(() => stage.stop());

it.each([
  ['in the middle of a channel', 6],
  ['in the middle of the lines', 14],
])('SIGTERM %s ends it with exit code 0, and what was left is delivered once by the next', async (_, calls) => {
  const { slack } = stage;
  const first = await stage.start();
  const form = await openDeclareForm(stage);
  const before = slack.calls.length;
  await workOn(stage, await form.submit());
  await vi.waitUntil(() => slack.calls.length >= before + calls, PATIENCE);
  stage.instances.length = 0;
  expect(await first.end()).toBe(0);
  await stage.start();
  expect(await stage.settled()).toEqual({ ...ALL_WELL, incidents: 1, promised: MESSAGES });
});

it('SIGTERM while Slack does not answer ends it in time, and what it waited for is looked up by the next', async () => {
  const { slack } = stage;
  const first = await stage.start();
  const form = await openDeclareForm(stage);
  const before = slack.calls.length;
  slack.faults.outage({ hang: true, delivered: true }, { from: 8 });
  await workOn(stage, await form.submit());
  await vi.waitUntil(() => slack.calls.length >= before + 8, PATIENCE);
  stage.instances.length = 0;
  const asked = performance.now();
  expect(await first.end()).toBe(0);
  expect(performance.now() - asked).toBeLessThan(MOST_MS);
  slack.faults.recover();
  await stage.start();
  expect(await stage.settled()).toEqual({ ...ALL_WELL, incidents: 1, promised: MESSAGES });
});

it('SIGTERM under people who declare loses nothing that was acknowledged', async () => {
  const { driver } = stage;
  const first = await stage.start();
  await stage.start();
  const declare = async () => {
    const sent = await driver.as('bob').slash('/incident', 'declare SEV3 Search is slow');
    // What the ending instance did not answer any more is delivered again, and the other answers.
    return sent.status === 200 ? sent : driver.retry(sent);
  };
  const declared = Array.from({ length: 20 }, declare);
  stage.instances.splice(stage.instances.indexOf(first), 1);
  const [code, ...sent] = await Promise.all([first.end(), ...declared]);
  expect(code).toBe(0);
  expect(new Set(sent.map(({ status }) => status))).toEqual(new Set([200]));
  expect(await stage.settled()).toEqual({ ...ALL_WELL, incidents: 20, promised: 40 });
});

it('SIGHUP with a spec that has faults leaves the running one in place, and a sound one takes over', async () => {
  const { slack, home, driver } = stage;
  const specFile = join(home, 'spec.yml');
  await copyFile(SPEC_FILE, specFile);
  const instance = await stage.start(specFile);
  instance.log.expectErrors(/the operations spec has faults/);
  const heard = (message: string) =>
    vi.waitUntil(() => instance.log.lines.find(({ msg }) => msg === message), PATIENCE);

  const sound = await readFile(specFile, 'utf8');
  await writeFile(specFile, sound.replace('updateEvery: 15m', 'updateEvery: 15 parsecs'));
  instance.reload();
  const { faults } = await heard('the operations spec has faults; the one that was running goes on');
  expect(faults).toEqual([expect.stringMatching(/spec\.yml:\d+:\d+: /)]);
  await driver.as('alice').slash('/incident', 'declare SEV3 Search is slow');
  expect(await stage.settled()).toMatchObject({ ...ALL_WELL, incidents: 1 });

  await writeFile(specFile, sound.replaceAll('announce: [incidents]', 'announce: [general]'));
  instance.reload();
  await heard('the operations spec was read again');
  await driver.as('alice').slash('/incident', 'declare SEV3 Mail is late');
  expect(await stage.settled()).toMatchObject({ ...ALL_WELL, incidents: 2 });
  const announced = (channel: string) => slack.history(channel).filter(({ metadata }) => metadata).length;
  expect([announced('incidents'), announced('general')]).toEqual([1, 1]);
});
