import { describe, expect, it } from 'vitest';
import { backupList, backupShown, backupStatus } from '../../blocks/backup-lists.ts';
import { backupsGlance } from '../../blocks/backups-glance.ts';
import { renderMessage } from '../../blocks/message.ts';
import { beginAttempt, type Ending, endAttempt } from '../../src/domain/backup/attempt.ts';
import type { BackupRun } from '../../src/domain/backup/backup.ts';
import type { BackupProgress } from '../../src/domain/backup/progress.ts';
import { glanceAt } from '../../src/domain/backup/status.ts';
import { aBackup, aBackupRun, after, aSealed, backupSpec } from '../support/backup-facts.ts';
import { digestOf } from '../support/digest-facts.ts';
import { alice, minutesLater } from '../support/incident-spec.ts';
import { checkMessage } from '../support/slack-limits.ts';

const LONG = '<!channel> *'.repeat(300);
const spec = backupSpec(aBackup());
const at = (minutes: number) => ({ actor: { kind: 'slack', user: alice } as const, now: minutesLater(minutes), spec });
const asked = aBackupRun(at(0), aBackup({ title: `Orders ${LONG}` }));
const begun = (): BackupRun => {
  const beginning = beginAttempt(asked, { left: null, whyNot: null, chance: 'ab12' }, at(0));
  if (beginning.kind !== 'make') throw new Error('nobody begins it');
  return after(asked, beginning.decision);
};
const running = begun();
const ended = (ending: Ending) => after(running, endAttempt(running, ending, at(1)));
const sealed = ended({ kind: 'sealed', sealed: aSealed() });
const failed = ended({ kind: 'failed', reason: LONG });
const progress: BackupProgress = {
  number: 1,
  id: running.id ?? '',
  tick: 2,
  bytes: 50e6,
  expected: 200e6,
  at: new Date(minutesLater(0).getTime() + 10_000).toISOString(),
};

const card = (run: BackupRun, far: BackupProgress | null = null) => {
  const message = renderMessage(
    { type: 'backup-card', backup: 1 },
    { incident: null, run: null, backup: { run, progress: far }, spec },
  );
  expect(checkMessage({ ...message })).toEqual([]);
  return JSON.stringify(message);
};

describe('the card of a backup', () => {
  it('says how far it is, how fast and how long yet, and can be cancelled', () => {
    const shown = card(running, progress);
    expect(shown).toContain('50 MB written  ·  5.0 MB a second  ·  25 % of what the last one had  ·  about 30 s left');
    expect(shown).toContain('"action_id":"backup.cancel"');
    expect(shown).not.toContain('<!channel>');
  });

  it('says what is in it when it is sealed, and offers nothing more', () => {
    const shown = card(sealed, progress);
    expect(shown).toContain('1,600,000 rows of 3 tables, 208 MB, in 4 s');
    expect(shown).not.toContain('action_id');
  });

  it('says why it waits, or failed', () => {
    expect(card(asked)).toContain('waits for its turn');
    expect(card(ended({ kind: 'failed', reason: 'away', passing: true }))).toContain('Waits to be made again: away');
    expect(card(failed)).toContain('Failed');
    expect(card(ended({ kind: 'cancelled' }))).toContain('nothing of it is left');
  });

  it('a failure is said with a button that makes another', () => {
    const message = renderMessage(
      { type: 'backup-failed', backup: 1, title: asked.title, reason: LONG },
      { incident: null, run: null, backup: { run: failed, progress: null }, spec },
    );
    expect(checkMessage({ ...message })).toEqual([]);
    expect(JSON.stringify(message)).toContain(
      '"action_id":"backup.run","text":{"type":"plain_text","text":"Back up now","emoji":true},"value":"orders"',
    );
  });
});

describe('the screens of /backup', () => {
  const glance = (record: Partial<Parameters<typeof glanceAt>[1]>, change = {}) => {
    const backup = aBackup(change);
    return glanceAt(
      backup,
      { drill: null, sealed: [], ended: null, open: null, ...record },
      { spec: backupSpec(backup), now: minutesLater(60) },
    );
  };

  it('show what is wrong, how old the last is and may be, and how its size went', () => {
    const half = ended({ kind: 'sealed', sealed: aSealed({ bytes: 104_000_000 }) });
    const good = glance({ sealed: [sealed, half], ended: sealed }, { rpo: 86_400_000 });
    const screen = backupStatus([glance({ ended: failed }), good, glance({}, { notConnected: 'By hand' })]);
    expect(checkMessage({ ...screen })).toEqual([]);
    expect(screen.text).toBe('*Backups*: 1 of 2 is not as the spec wants.');
    const words = JSON.stringify(screen);
    expect(words).toContain('BK-1, 1 h old, may be 1 d  ·  208 MB (+100 % over 2)');
    expect(words).toContain('not available');
    expect(backupStatus([good]).text).toBe('*Backups*: it is as the spec wants.');
    expect(backupStatus([]).text).toContain('no `backups`');
  });

  it('are in the digest and in App Home at a glance, what is not made here left out', () => {
    const bad = glance({ ended: failed }, { title: 'Users' });
    const away = glance({}, { notConnected: 'By hand' });
    const good = glance({ sealed: [sealed], ended: sealed });
    const [section] = digestOf({ backups: [bad, good, away] }, ['backups']).sections;
    expect(section?.sum).toBe('1 backup not as it should be');
    expect(section?.lines).toMatchObject([{ title: 'Users', mark: 'failed', subject: null }]);
    expect(digestOf({ backups: [good, away] }, ['backups']).green).toEqual(['1 backup as it should be']);
    const home = JSON.stringify(backupsGlance([bad, good, away]));
    expect(home).toContain('Users');
    expect(home).not.toContain('not available');
    expect(backupsGlance([away])).toEqual([]);
  });

  it('hold to one screen however many there are', () => {
    const busy = glance({ open: running, ended: failed, sealed: [sealed] }, { title: LONG });
    const status = backupStatus(Array.from({ length: 40 }, () => busy));
    expect(checkMessage({ ...status })).toEqual([]);
    const list = backupList(
      Array.from({ length: 15 }, () => failed),
      15,
    );
    expect(checkMessage({ ...list })).toEqual([]);
    expect(backupList([], 15).text).toContain('No backup was made yet');
  });

  it('show one with what happened to it', () => {
    const { events } = endAttempt(running, { kind: 'failed', reason: LONG }, at(1));
    const [event] = events;
    if (event === undefined) throw new Error('nothing happened');
    const stored = { ...event, subject: 'BK-1', seq: 3, kind: event.body.kind };
    const screen = backupShown(
      { run: sealed, progress: null },
      Array.from({ length: 30 }, () => stored),
    );
    expect(checkMessage({ ...screen })).toEqual([]);
    expect(JSON.stringify(screen)).toContain('20261121T140000Z-0001');
  });
});
