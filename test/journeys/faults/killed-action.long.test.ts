import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { faultStage, PATIENCE, patiently, SPEC_FILE, type Stage } from './stage.ts';

patiently();

/** Says when it begins and when it ends, and as which process; waits for the file `go` in between. */
const SCRIPT = `
import { appendFileSync, existsSync } from 'node:fs';
appendFileSync('log', 'begin ' + process.pid + '\\n');
const wait = setInterval(() => {
  if (!existsSync('go')) return;
  clearInterval(wait);
  appendFileSync('log', 'end ' + process.pid + '\\n');
}, 50);
`;
const DUTY = (folder: string) => `
targets:
  scripts: { kind: repository, title: Scripts, url: ${folder} }
duties:
  - key: rotate
    title: Key rotation
    when: { every: year, on: 1 january }
    owner: payments
    run: { action: command.run, target: scripts, argv: ["${process.execPath}", script.mjs], timeout: 5m }
permissions: { duty.run: everyone, duty.approve: everyone, ops.spec: everyone }
`;

let stage: Stage;
let specFile: string;
beforeEach(async () => {
  stage = await faultStage();
  specFile = join(stage.home, 'operations.yml');
  await writeFile(join(stage.home, 'script.mjs'), SCRIPT);
  await writeFile(specFile, (await readFile(SPEC_FILE, 'utf8')) + DUTY(stage.home));
});
afterEach(() => stage.stop());

const lines = async () => (await readFile(join(stage.home, 'log'), 'utf8').catch(() => '')).split('\n').slice(0, -1);
const go = () => writeFile(join(stage.home, 'go'), '');
const run = (what: string) => stage.driver.as('alice').slash('/maintenance', `run ${what}`, { channel: 'general' });
const outcomes = async () =>
  (
    await stage.rows<{ outcome: string }>(
      `select body->>'outcome' as outcome from "EventBody" where body->>'kind' = 'run.finished' order by subject, seq`,
    )
  ).map(({ outcome }) => outcome);
/** The process with this number is gone, or is only waiting to be reaped. */
const isGone = async (pid: string) => /\) [XZ]/.test(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') X'));

it('a command whose Mainstay is killed ends with it, is told as interrupted, and runs again when somebody says so', async () => {
  const first = await stage.start(specFile);
  await run('rotate');
  const [begun = ''] = await vi.waitUntil(async () => ((await lines()).length > 0 ? lines() : null), PATIENCE);
  await stage.start(specFile);
  await stage.kill(first);
  await vi.waitUntil(() => isGone(begun.slice('begin '.length)), PATIENCE);
  await vi.waitFor(async () => expect(await outcomes()).toEqual(['interrupted']), PATIENCE);
  await vi.waitFor(
    () =>
      expect(stage.slack.history('team-payments').filter(({ text }) => text.includes('interrupted'))).toHaveLength(1),
    PATIENCE,
  );
  expect(await lines()).toEqual([begun]);

  await go();
  await run('RUN-1');
  await vi.waitFor(async () => expect(await outcomes()).toEqual(['interrupted', 'succeeded']), PATIENCE);
  expect((await lines()).map((line) => line.split(' ')[0])).toEqual(['begin', 'begin', 'end']);
});

it('of one duty two instances run one at a time, also when one of them is killed in the middle of it', async () => {
  const instances = [await stage.start(specFile), await stage.start(specFile)];
  for (let n = 0; n < 6; n += 1) await run('rotate');
  await vi.waitUntil(async () => (await lines()).length > 0, PATIENCE);
  const [victim] = instances;
  if (victim !== undefined) await stage.kill(victim);
  await go();
  await vi.waitFor(async () => expect(await outcomes()).toHaveLength(6), PATIENCE);
  // One begins only after the one before it has ended, or was ended.
  const said = (await lines()).map((line) => line.split(' '));
  for (const [index, [word, pid]] of said.entries()) {
    if (word === 'end') expect(said[index - 1]).toEqual(['begin', pid]);
  }
  const interrupted = (await outcomes()).filter((outcome) => outcome === 'interrupted').length;
  expect(interrupted).toBeLessThanOrEqual(1);
  expect(said.filter(([word]) => word === 'end')).toHaveLength(6 - interrupted);
});

it('a command whose Mainstay is asked to end is ended first, and told as interrupted by the one that ends', async () => {
  const first = await stage.start(specFile);
  await run('rotate');
  const [begun = ''] = await vi.waitUntil(async () => ((await lines()).length > 0 ? lines() : null), PATIENCE);
  expect(await first.end()).toBe(0);
  expect(await isGone(begun.slice('begin '.length))).toBe(true);
  expect(await outcomes()).toEqual(['interrupted']);
  expect(await lines()).toEqual([begun]);
});
