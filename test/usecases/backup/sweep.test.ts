import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { leftoversIn } from '../../../src/adapters/storage/unfinished.ts';
import { beginAttempt } from '../../../src/domain/backup/attempt.ts';
import { sweepBackups } from '../../../src/usecases/backup/sweep.ts';
import { aBackup, aBackupRun, after, backupSpec } from '../../support/backup-facts.ts';
import { alice, now } from '../../support/incident-spec.ts';

const situation = { actor: { kind: 'slack', user: alice } as const, now, spec: backupSpec(aBackup()) };

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'backups-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function folder(id: string, ...files: readonly string[]): void {
  mkdirSync(join(root, 'orders', id), { recursive: true });
  for (const file of files) writeFileSync(join(root, 'orders', id, file), '');
}

it('takes away what a crash left, and neither what is being made, nor a backup, nor what is not ours', async () => {
  const asked = aBackupRun(situation);
  const begun = beginAttempt(asked, { left: null, whyNot: null, chance: 'ab12' }, situation);
  const running = begun.kind === 'make' ? after(asked, begun.decision) : asked;
  folder(String(running.id), 'dump.zst.age.partial');
  folder('20260301T010000Z-0001', 'dump.zst.age', 'globals.sql.age');
  folder('20260302T010000Z-0002', 'dump.zst.age', 'manifest.json');
  folder('notes', 'mine.txt');
  const store = { latestBackups: async () => [running] };
  expect(await sweepBackups(store, leftoversIn(root))).toEqual(['orders/20260301T010000Z-0001']);
  expect(readdirSync(join(root, 'orders')).sort()).toEqual(['20260302T010000Z-0002', running.id, 'notes']);
  expect(await sweepBackups({ latestBackups: async () => [] }, leftoversIn(root))).toEqual([`orders/${running.id}`]);
});
