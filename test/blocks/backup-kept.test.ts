import { describe, expect, it } from 'vitest';
import { backupHeldAnswer, backupsAgreedAnswer } from '../../blocks/backup-answers.ts';
import { backupShown, backupStatus } from '../../blocks/backup-lists.ts';
import { renderMessage } from '../../blocks/message.ts';
import type { BackupRun } from '../../src/domain/backup/backup.ts';
import type { CopyFinding } from '../../src/domain/backup/custody.ts';
import { backupEvent } from '../../src/domain/backup/decision.ts';
import type { BackupEvent } from '../../src/domain/backup/events.ts';
import { keepingOf } from '../../src/domain/backup/keeping.ts';
import { keptAt, withKept } from '../../src/domain/backup/kept.ts';
import { glanceAt } from '../../src/domain/backup/status.ts';
import type { Message } from '../../src/domain/delivery.ts';
import { aBackup, aBackupRun, after, aSealed, backupSpec } from '../support/backup-facts.ts';
import { alice, minutesLater } from '../support/incident-spec.ts';
import { checkMessage } from '../support/slack-limits.ts';

const LONG = '<!channel> *'.repeat(300);
const backup = aBackup({ storage: 'vault' });
const spec = {
  ...backupSpec(backup),
  targets: { ...backupSpec().targets, vault: { kind: 'storage' as const, url: '/mnt/vault' } },
};
const situation = { actor: { kind: 'slack', user: alice } as const, now: minutesLater(0), spec };
const with_ = (run: BackupRun, ...bodies: readonly BackupEvent[]) =>
  after(run, { events: bodies.map((body) => backupEvent(situation, body)) });
const began: BackupEvent = { kind: 'backup.began', id: aSealed().id };
const sealed = with_(aBackupRun(situation, backup), began, { kind: 'backup.sealed', sealed: aSealed() });
const findings: CopyFinding[] = Array.from({ length: 14 }, () => ({
  place: 'off-site',
  verdict: 'damaged',
  what: LONG,
}));

function shown(message: Message): string {
  const rendered = renderMessage(message, { incident: null, run: null, spec });
  expect(checkMessage({ ...rendered })).toEqual([]);
  const text = JSON.stringify(rendered);
  expect(text).not.toContain('<!channel>');
  return text;
}

describe('what is said of backups that are kept', () => {
  it('what is wrong with which copy, a few of many', () => {
    const text = shown({
      type: 'backups-unsound',
      key: 'orders',
      title: LONG,
      findings: findings.map((finding, index) => ({ backup: index + 1, ...finding })),
    });
    expect(text).toContain('BK-1 off-site is damaged');
    expect(text).toContain('and 4 more');
  });

  it('which would go and by what rule, with one button and nothing deleted yet', () => {
    const terms = { keep: 30 * 24 * 3_600_000, keepAtLeast: 7 };
    const expire = Array.from({ length: 30 }, (_, n) => n + 1);
    const text = shown({ type: 'backups-to-delete', key: 'orders', title: 'Orders', terms, expire, bytes: 6e9 });
    expect(text).toContain('30 backups have had their time (6.0 GB): BK-1, BK-2');
    expect(text).toContain('never fewer than 7 good ones');
    expect(text).toContain('Nothing was deleted yet');
    expect(text).toContain('"action_id":"backup.prune"');
  });

  it('that one is not copied, that it is after all, and that the clock is not believed', () => {
    expect(shown({ type: 'backup-not-copied', backup: 1, storage: 'vault', reason: LONG })).toContain(
      'The one here is kept',
    );
    expect(shown({ type: 'backup-copied', backup: 1, storage: 'vault' })).toContain('after all');
    const kept = shown({ type: 'backups-kept', key: 'orders', title: 'Orders', reason: 'clock-jumped' });
    expect(kept).toContain('no old backup is deleted. The clock jumped');
  });
});

describe('the screens', () => {
  const glance = (runs: readonly BackupRun[]) =>
    withKept(
      glanceAt(backup, { sealed: [sealed], ended: sealed, open: null, drill: null }, { spec, now: minutesLater(1) }),
      keptAt(runs, backup, {
        spec,
        keeping: keepingOf([]),
        earlier: [
          { looked: 2, sound: 2, untold: 0, bytesHere: 600, bytesOffSite: 600 },
          { looked: 2, sound: 2, untold: 0, bytesHere: 500, bytesOffSite: 500 },
        ],
      }),
    );
  const status = (runs: readonly BackupRun[]) => {
    const rendered = backupStatus([glance(runs)]);
    expect(checkMessage({ ...rendered })).toEqual([]);
    return JSON.stringify(rendered);
  };

  it('say that one is pending, then copied, and never green while something is wrong', () => {
    expect(status([sealed])).toContain('0 of 1 copied off-site, 1 pending');
    const copied = with_(sealed, { kind: 'backup.copied', storage: 'vault', bytes: 208e6, lockedUntil: null });
    expect(status([copied])).toContain('all copied off-site');
    expect(glance([copied]).health).toBe('good');
    const bad = with_(copied, { kind: 'backup.looked-at', findings });
    expect(glance([bad])).toMatchObject({ health: 'failing', reason: 'something is wrong with BK-1' });
    expect(status([bad])).toContain('something is wrong with BK-1');
  });

  it('show of one backup where it is, who holds it and what is wrong, whatever was written', () => {
    const run = with_(
      sealed,
      { kind: 'backup.copy-failed', storage: 'vault', reason: LONG, again: 60_000 },
      { kind: 'backup.held', reason: LONG },
      { kind: 'backup.looked-at', findings },
    );
    const rendered = backupShown({ run, progress: null }, []);
    expect(checkMessage({ ...rendered, blocks: rendered.blocks.slice(0, 3) })).toEqual([]);
    const text = JSON.stringify(rendered);
    expect(text).toContain('Not copied after 1 attempts');
    expect(text).toContain('Held by');
    expect(backupHeldAnswer(run)).toContain('is held: it stays');
    expect(backupHeldAnswer(with_(run, { kind: 'backup.released', reason: null }))).toContain('as long as the others');
    expect(backupsAgreedAnswer({ key: 'orders', title: LONG })).not.toContain('<!channel>');
  });
});
