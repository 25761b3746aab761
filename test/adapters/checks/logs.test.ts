import { appendFile, mkdtemp, rename, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { looker, NOON } from './looking.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checks-'));
});
afterAll(() => rm(folder, { recursive: true }));

const files = () => ({ here: { kind: 'files', url: folder } });

describe('a log', () => {
  const levels = [
    { matches: '\\bFATAL\\b', means: 'page', severity: 'SEV1' },
    { matches: '\\bERROR\\b', means: 'investigate', within: '1h', severity: 'SEV3' },
    { matches: '\\bWARN\\b', means: 'review' },
  ];
  let now = NOON;
  let name: string;
  let count = 0;
  beforeEach(() => {
    now = NOON;
    count += 1;
    name = `log${count}.log`;
  });
  const reader = () => looker({ kind: 'log file', target: 'here', file: name, levels }, files(), { now: () => now });
  const add = (text: string) => appendFile(join(folder, name), text);
  const later = (minutes: number) => {
    now = new Date(now.getTime() + minutes * 60_000);
  };

  it('is read from where the last look stopped, and old lines are let be', async () => {
    await add('FATAL long ago\n');
    const { look } = reader();
    expect(await look()).toMatchObject({ answer: 'ok', detail: 'nothing to tell' });
    await add('INFO fine\nFATAL disk gone\nFAT');
    expect(await look()).toMatchObject({ answer: 'failing', severity: 'SEV1', detail: '1 line that cannot wait' });
    expect(await look()).toMatchObject({ answer: 'failing', figures: { page: 1 } });
    await add('AL again\n');
    expect(await look(), 'a line that was not whole yet').toMatchObject({ answer: 'failing', figures: { page: 2 } });
  });

  it('fails for an hour after a line that cannot wait, so that people are called on, and no longer', async () => {
    await add('');
    const { look } = reader();
    await look();
    await add('ERROR first\n');
    expect(await look()).toMatchObject({ severity: 'SEV3' });
    later(1);
    await add('FATAL disk gone\n');
    expect(await look()).toMatchObject({ answer: 'failing', severity: 'SEV1' });
    later(59);
    expect(await look()).toMatchObject({ answer: 'failing', severity: 'SEV1', figures: { page: 1 } });
    later(1);
    expect(await look(), 'what is left is the error').toMatchObject({ severity: 'SEV3', figures: { page: 0 } });
    later(60);
    expect(await look()).toMatchObject({ answer: 'ok' });
  });

  it('starts a clock at the first error, which runs until it is overdue', async () => {
    await add('');
    const { look } = reader();
    await look();
    await add('ERROR one\nERROR two\n');
    expect(await look()).toMatchObject({
      answer: 'failing',
      severity: 'SEV3',
      detail: '2 lines to be looked into, 1h left',
    });
    later(40);
    await add('ERROR three\n');
    expect(await look()).toMatchObject({ detail: '3 lines to be looked into, 20m left' });
    later(25);
    expect(await look()).toMatchObject({ answer: 'failing', detail: '3 lines to be looked into, overdue for 5m' });
    later(95);
    expect(await look(), 'two hours of quiet').toMatchObject({ answer: 'ok' });
  });

  it('counts warnings for the review of the day', async () => {
    await add('');
    const { look } = reader();
    await look();
    await add('WARN a\nWARN b\n');
    expect(await look()).toMatchObject({ answer: 'ok', detail: "2 lines for today's review", figures: { review: 2 } });
    await add('WARN c\n');
    expect(await look()).toMatchObject({ figures: { review: 3 } });
    later(12 * 60);
    expect(await look()).toMatchObject({ detail: 'nothing to tell', figures: { review: 0 } });
  });

  it('is followed when it is rotated away: nothing is lost, nothing is read twice', async () => {
    await add('INFO begins\n');
    const { look } = reader();
    await look();
    await add('FATAL last of the old\n');
    await rename(join(folder, name), join(folder, `${name}.1`));
    await add('FATAL first of the new\n');
    expect(await look()).toMatchObject({ figures: { page: 2 } });
    expect(await look()).toMatchObject({ figures: { page: 2 } });
  });

  it('is read from its beginning when it was emptied in place', async () => {
    await add('INFO begins\n'.repeat(100));
    const { look } = reader();
    await look();
    await truncate(join(folder, name));
    await add('FATAL anew\n');
    expect(await look()).toMatchObject({ figures: { page: 1 } });
  });

  it('cannot be told where there is none', async () => {
    expect(await reader().look()).toMatchObject({ answer: 'could-not-tell', detail: 'there is no such log' });
  });
});
