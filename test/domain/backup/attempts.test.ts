import { describe, expect, it } from 'vitest';
import { apply } from '../../../src/domain/backup/apply.ts';
import { beginAttempt, decideCancelBackup, type Ending, endAttempt } from '../../../src/domain/backup/attempt.ts';
import type { BackupRun } from '../../../src/domain/backup/backup.ts';
import { backupToMake } from '../../../src/domain/backup/request.ts';
import { aBackup, aBackupRun, after, aSealed, backupSpec } from '../../support/backup-facts.ts';
import { bob, minutesLater } from '../../support/incident-spec.ts';

const spec = backupSpec(aBackup());
const at = (minutes: number) => ({ actor: { kind: 'slack', user: bob } as const, now: minutesLater(minutes), spec });
const asked = aBackupRun(at(0));
const begun = (run: BackupRun, left = false, whyNot: string | null = null) =>
  beginAttempt(run, { left: left ? aSealed() : null, whyNot, chance: 'ab12' }, at(1));
const started = (run: BackupRun): BackupRun => {
  const beginning = begun(run);
  if (beginning.kind !== 'make') throw new Error(`it is ${beginning.kind}`);
  return after(run, beginning.decision);
};
const ended = (run: BackupRun, ending: Ending): BackupRun => after(run, endAttempt(run, ending, at(2)));
const FAULT = { kind: 'failed', reason: 'the database is away', passing: true } as const;

describe('a backup that was asked for', () => {
  it('is shown in the channel of its owner, and begun in a folder named by the second and by chance', () => {
    expect(asked).toMatchObject({ status: 'requested', channel: 'team-platform', source: 'orders-db', attempts: 0 });
    expect(begun(asked)).toMatchObject({ kind: 'make', id: '20261121T140100Z-ab12' });
    expect(started(asked)).toMatchObject({ status: 'running', attempts: 1, beganAt: minutesLater(1).toISOString() });
  });

  it('is sealed with what the log must know to hold its manifest against', () => {
    expect(ended(started(asked), { kind: 'sealed', sealed: aSealed() })).toMatchObject({
      status: 'sealed',
      sealed: { manifestSha256: 'a'.repeat(64) },
      endedAt: minutesLater(2).toISOString(),
    });
  });

  it('is over once it has ended: nobody begins it again', () => {
    for (const ending of [{ kind: 'sealed', sealed: aSealed() }, { kind: 'cancelled' }] as const) {
      expect(begun(ended(started(asked), ending))).toEqual({ kind: 'over' });
    }
  });
});

describe('an attempt that failed', () => {
  it('is made again twice, later each time, when the reason may pass; then it is said aloud', () => {
    let run = started(asked);
    const said = [30_000, 300_000].map((again) => {
      const decision = endAttempt(run, FAULT, at(2));
      expect(decision.events[0]?.body).toEqual({ kind: 'backup.stumbled', reason: FAULT.reason, again });
      run = started(after(run, decision));
      return decision.deliveries.length;
    });
    expect(said).toEqual([1, 1]);
    const last = endAttempt(run, FAULT, at(9));
    expect(last.deliveries.at(-1)).toMatchObject({
      to: { channel: 'team-platform' },
      message: { type: 'backup-failed', reason: FAULT.reason },
    });
    expect(after(run, last)).toMatchObject({ status: 'failed', reason: FAULT.reason, failures: 2, attempts: 3 });
  });

  it('is not made again for what has to be mended first', () => {
    const refused = {
      kind: 'failed',
      reason: 'pg_dump is of PostgreSQL 15 and the server of 16',
      passing: false,
    } as const;
    expect(ended(started(asked), refused)).toMatchObject({ status: 'failed', reason: refused.reason });
  });

  it('leaves no reason behind when a later one succeeds', () => {
    const again = started(ended(started(asked), FAULT));
    expect(ended(again, { kind: 'sealed', sealed: aSealed() })).toMatchObject({ status: 'sealed', reason: null });
  });
});

describe('an attempt whose process is gone', () => {
  it('is told as interrupted and begun anew', () => {
    const beginning = begun(started(asked));
    expect(beginning).toMatchObject({ kind: 'make' });
    const kinds = beginning.kind === 'make' ? beginning.decision.events.map(({ body }) => body.kind) : [];
    expect(kinds).toEqual(['backup.interrupted', 'backup.began']);
  });

  it('is taken as it is when it had left a whole backup', () => {
    const beginning = begun(started(asked), true);
    expect(beginning).toMatchObject({ kind: 'ended', decision: { events: [{ body: { kind: 'backup.sealed' } }] } });
  });

  it('is not made for ever when whatever makes it ends each time', () => {
    let run = started(asked);
    let attempts = 1;
    for (let beginning = begun(run); beginning.kind !== 'ended'; beginning = begun(run)) {
      if (beginning.kind === 'over') throw new Error('it is over');
      run = after(run, beginning.decision);
      attempts += 1;
    }
    const last = begun(run);
    expect(attempts).toBe(6);
    expect(last.kind === 'ended' && after(run, last.decision)).toMatchObject({
      status: 'failed',
      reason: '6 of 6 attempts ended with the process that made them',
    });
  });

  it('has failed when it cannot be made here any more, unless it was whole', () => {
    const why = 'its recipient is not set';
    const beginning = begun(started(asked), false, why);
    expect(beginning.kind === 'ended' && after(started(asked), beginning.decision)).toMatchObject({
      status: 'failed',
      reason: why,
    });
    expect(begun(asked, false, why)).toMatchObject({ decision: { events: [{ body: { kind: 'backup.failed' } }] } });
    expect(begun(started(asked), true, why)).toMatchObject({
      decision: { events: [{ body: { kind: 'backup.sealed' } }] },
    });
  });
});

it('one whose seal was erased is over all the same', () => {
  const run = started(asked);
  const sealed = endAttempt(run, { kind: 'sealed', sealed: aSealed() }, at(2)).events[0];
  const event = { ...at(2), occurredAt: at(2).now, recordedAt: at(2).now, subject: 'BK-1', seq: run.version + 1 };
  expect(sealed?.body.kind).toBe('backup.sealed');
  expect(apply(run, { ...event, kind: 'backup.sealed', body: null })).toMatchObject({ status: 'sealed', sealed: null });
});

describe('cancelling', () => {
  it('ends at once what nobody makes yet', () => {
    const decided = decideCancelBackup(asked, at(1));
    expect(decided.ok && after(asked, decided.value)).toMatchObject({
      status: 'cancelled',
      cancelledBy: { kind: 'slack', user: bob },
    });
  });

  it('asks whoever makes it to end, once, and is done when that has', () => {
    const run = started(asked);
    const decided = decideCancelBackup(run, at(2));
    const cancelling = decided.ok ? after(run, decided.value) : run;
    expect(cancelling.status).toBe('cancelling');
    expect(decideCancelBackup(cancelling, at(3))).toMatchObject({ ok: true, value: { events: [] } });
    expect(ended(cancelling, { kind: 'cancelled' })).toMatchObject({
      status: 'cancelled',
      cancelledBy: { kind: 'slack', user: bob },
    });
    expect(begun(cancelling)).toMatchObject({ kind: 'ended' });
    // However it ends: nobody is told of a failure of what nobody wants any more.
    for (const ending of [FAULT, { kind: 'interrupted' }] as const) {
      expect(ended(cancelling, ending)).toMatchObject({ status: 'cancelled', reason: null });
      expect(endAttempt(cancelling, ending, at(4)).deliveries).toHaveLength(1);
    }
  });

  it('is refused when it has ended', () => {
    const over = ended(started(asked), { kind: 'sealed', sealed: aSealed() });
    expect(decideCancelBackup(over, at(3))).toMatchObject({ refusal: { code: 'already-ended' } });
  });
});

describe('what can be made here', () => {
  it.each([
    ['is unknown', {}, 'nothing', 'There is no backup `nothing`. There are `orders`.'],
    ['is not connected', { notConnected: 'It is done by hand' }, 'orders', 'It is done by hand'],
    ['is of a target that is not here', { source: 'elsewhere' }, 'orders', 'The other one is in another cloud'],
    ['is of another kind', { source: 'cache' }, 'orders', 'it does not yet make one of redis by pg_dump'],
    ['is not encrypted', { encrypted: false }, 'orders', 'it is not encrypted'],
    ['nobody could read', { recipients: [] }, 'orders', 'fewer than two people could read it'],
  ])('is not one that %s', (_what, change, key, words) => {
    const answer = backupToMake(key, backupSpec(aBackup(change)));
    expect(answer).toMatchObject({ ok: false, refusal: { message: expect.stringContaining(words) } });
  });

  it("is Mainstay's own database, wherever that is", () => {
    const own = {
      ...backupSpec(aBackup({ source: 'own' })),
      targets: { own: { kind: 'mainstay', url: 'mainstay:' } as const },
    };
    expect(backupToMake('orders', own)).toMatchObject({ ok: true });
  });

  it('is one of a PostgreSQL that is here, that two can read', () => {
    expect(backupToMake('orders', spec)).toMatchObject({ ok: true });
  });
});
