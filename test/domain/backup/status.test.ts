import { describe, expect, it } from 'vitest';
import { beginAttempt, endAttempt } from '../../../src/domain/backup/attempt.ts';
import type { BackupRun } from '../../../src/domain/backup/backup.ts';
import { parseBackup, parseBackupNumber } from '../../../src/domain/backup/command.ts';
import type { SealedBackup } from '../../../src/domain/backup/events.ts';
import { paceOf, shownVersion } from '../../../src/domain/backup/progress.ts';
import { glanceAt } from '../../../src/domain/backup/status.ts';
import type { Backup } from '../../../src/domain/spec/backup.ts';
import { aBackup, aBackupRun, after, aSealed, backupSpec } from '../../support/backup-facts.ts';
import { when } from '../../support/duty-spec.ts';
import { alice, minutesLater } from '../../support/incident-spec.ts';

const HOUR = 60;
const at = (minutes: number) => ({
  actor: { kind: 'slack', user: alice } as const,
  now: minutesLater(minutes),
  spec: backupSpec(aBackup()),
});
const begin = (run: BackupRun): BackupRun => {
  const beginning = beginAttempt(run, { left: null, whyNot: null, chance: 'ab12' }, at(0));
  return beginning.kind === 'make' ? after(run, beginning.decision) : run;
};
const running = begin(aBackupRun(at(0)));
const sealed = (change: Partial<SealedBackup> = {}) =>
  after(running, endAttempt(running, { kind: 'sealed', sealed: aSealed(change) }, at(1)));
const failed = after(running, endAttempt(running, { kind: 'failed', reason: 'disk full' }, at(2)));

const glance = (backup: Backup, record: Partial<Parameters<typeof glanceAt>[1]>, minutes: number) =>
  glanceAt(
    backup,
    { sealed: [], ended: null, open: null, drill: null, ...record },
    { spec: backupSpec(backup), now: minutesLater(minutes) },
  );

describe('how a backup is', () => {
  const daily = aBackup({ when: when({ every: 'day', at: '01:00' }) });

  it('is good while it is no older than may be lost', () => {
    const backup = aBackup({ rpo: 24 * HOUR * 60_000 });
    const record = { sealed: [sealed()], ended: sealed() };
    expect(glance(backup, record, 24 * HOUR)).toMatchObject({ health: 'good', age: 24 * HOUR * 60_000, reason: null });
    expect(glance(backup, record, 24 * HOUR + 1)).toMatchObject({
      health: 'old',
      reason: 'it is older than may be lost',
    });
  });

  it('without such a figure is old once the next one was due and an hour has passed', () => {
    const record = { sealed: [sealed()], ended: sealed() };
    expect(glance(daily, record, 11 * HOUR)).toMatchObject({ health: 'good' });
    expect(glance(daily, record, 12 * HOUR + 1)).toMatchObject({ health: 'old' });
  });

  it('is failing when the last one failed and an older one is young enough; else it is old', () => {
    expect(glance(daily, { sealed: [sealed()], ended: failed }, 60)).toMatchObject({
      health: 'failing',
      reason: 'disk full',
    });
    expect(glance(daily, { ended: failed }, 60)).toMatchObject({ health: 'old', reason: 'disk full' });
    expect(glance(daily, {}, 60)).toMatchObject({ health: 'old', reason: 'none was made yet' });
  });

  it('is neither good nor bad where it is not made', () => {
    expect(glance(aBackup({ notConnected: 'By hand' }), {}, 0)).toMatchObject({
      health: 'not-available',
      reason: 'By hand',
    });
  });
});

describe('how far it is', () => {
  const progress = (seconds: number, bytes: number, expected: number | null) => ({
    number: 1,
    id: running.id ?? '',
    tick: 3,
    bytes,
    expected,
    at: new Date(minutesLater(0).getTime() + seconds * 1000).toISOString(),
  });

  it('is said against what the last one had', () => {
    expect(paceOf(running, progress(10, 50e6, 200e6))).toEqual({
      bytes: 50e6,
      rate: 5e6,
      share: 0.25,
      remaining: 30_000,
    });
  });

  it('says no more than is known', () => {
    expect(paceOf(running, progress(0, 10, 200e6))).toMatchObject({ rate: null, remaining: null });
    expect(paceOf(running, progress(10, 50e6, null))).toMatchObject({ rate: 5e6, share: null, remaining: null });
    expect(paceOf(running, progress(10, 300e6, 200e6))).toMatchObject({ share: null, remaining: null });
  });

  it('makes what is shown newer, until the next event does; that of an attempt that is over counts for nothing', () => {
    const word = progress(10, 50e6, null);
    expect(shownVersion(running, word)).toBeGreaterThan(shownVersion(running, null));
    expect(shownVersion(sealed(), word)).toBeGreaterThan(shownVersion(running, { ...word, tick: 99_999 }));
    expect(shownVersion(running, { ...word, id: 'another' })).toBe(shownVersion(running, null));
  });
});

describe('what is typed', () => {
  const two = { backups: [aBackup(), aBackup({ key: 'users' })] };

  it('names a backup of the spec; the only one need not be named', () => {
    expect(parseBackup(' Users ', two)).toEqual({ ok: true, value: 'users' });
    expect(parseBackup('', { backups: [aBackup()] })).toEqual({ ok: true, value: 'orders' });
    expect(parseBackup('', two)).toMatchObject({ problem: 'Say which one: `orders`, `users`.' });
    expect(parseBackup('user', two)).toMatchObject({ problem: expect.stringContaining('Did you mean `users`?') });
    expect(parseBackup('', { backups: [] })).toMatchObject({ problem: 'The operations spec has no backups.' });
  });

  it('names one that was made', () => {
    expect(['BK-12', 'bk12', ' 12 '].map(parseBackupNumber)).toEqual(Array(3).fill({ ok: true, value: 12 }));
    expect(parseBackupNumber('BK-0')).toMatchObject({ problem: expect.stringContaining('"BK-0" is no backup') });
    expect(parseBackupNumber('')).toMatchObject({ problem: expect.stringContaining('Say which one') });
  });
});
