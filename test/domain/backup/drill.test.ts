import { describe, expect, it } from 'vitest';
import { endAttempt } from '../../../src/domain/backup/attempt.ts';
import type { DrillRun } from '../../../src/domain/backup/drill.ts';
import { follow } from '../../../src/domain/backup/drill-apply.ts';
import {
  beginDrill,
  type DrillStep,
  stepDrill,
  takeDrill,
  unattended,
} from '../../../src/domain/backup/drill-decide.ts';
import { climb } from '../../../src/domain/backup/ladder.ts';
import { aBackup, aBackupRun, after, aSealed, backupSpec } from '../../support/backup-facts.ts';
import { aManifest, seenWell, WANTED } from '../../support/drill-facts.ts';
import { alice, minutesLater } from '../../support/incident-spec.ts';

const spec = backupSpec(aBackup());
const at = (minutes: number) => ({ actor: { kind: 'slack', user: alice } as const, now: minutesLater(minutes), spec });
const backup = aBackup({ storage: 'elsewhere', rto: 60_000, smoke: [{ title: 'Q', sql: 'select true' }] });
const run = after(aBackupRun(at(0)), endAttempt(aBackupRun(at(0)), { kind: 'sealed', sealed: aSealed() }, at(1)));

function asked(): { drill: DrillRun; deliveries: readonly unknown[] } {
  const decided = beginDrill(7, { run, before: null, backup, occurrence: null }, at(2));
  if (!decided.ok) throw new Error(decided.refusal.message);
  return { drill: follow(null, 7, decided.value.events), deliveries: decided.value.deliveries };
}
function taken(drill: DrillRun, minutes: number): DrillRun {
  const decision = takeDrill(drill, at(minutes));
  if (decision === null) throw new Error('it is over');
  return follow(drill, drill.number, decision.events);
}
const stepped = (drill: DrillRun, step: DrillStep, minutes: number) => {
  const decision = stepDrill(drill, step, at(minutes));
  return {
    drill: follow(drill, drill.number, decision.events),
    said: decision.deliveries.filter(({ kind }) => kind === 'post'),
  };
};
const passed = climb(aManifest(), seenWell(aManifest()), WANTED);

it('is of one backup, with what it is held against as the spec had it then', () => {
  const { drill, deliveries } = asked();
  expect(drill).toMatchObject({
    number: 7,
    of: 1,
    id: aSealed().id,
    status: 'requested',
    offSite: true,
    rto: 60_000,
    rpo: null,
    smoke: [{ title: 'Q' }],
  });
  expect(deliveries).toMatchObject([{ message: { type: 'drill-card', drill: 7 }, keep: 'drill:7:card' }]);
});

it('there is none of a backup that is not whole', () => {
  const decided = beginDrill(7, { run: aBackupRun(at(0)), before: null, backup, occurrence: null }, at(2));
  expect(decided).toMatchObject({
    refusal: { code: 'not-sealed', message: 'BK-1 is no whole backup: it is requested.' },
  });
});

describe('that was made', () => {
  it('and passed is shown, and not said aloud', () => {
    const { drill, said } = stepped(taken(asked().drill, 3), { kind: 'ended', result: passed }, 4);
    expect(drill).toMatchObject({ status: 'passed', result: passed, endedAt: minutesLater(4).toISOString() });
    expect(said).toEqual([]);
    expect(takeDrill(drill, at(5))).toBeNull();
  });

  it.each(['finding', 'could-not-verify'] as const)('and came to %s is said aloud', (verdict) => {
    const { drill, said } = stepped(taken(asked().drill, 3), { kind: 'ended', result: { ...passed, verdict } }, 4);
    expect(drill.status).toBe(verdict);
    expect(said).toMatchObject([{ message: { type: 'drill-report', drill: 7 } }]);
  });

  it('by a worker that is gone is begun anew by the next', () => {
    const first = stepped(taken(asked().drill, 3), { kind: 'reached', rung: 'restore' }, 4).drill;
    expect(first).toMatchObject({ rung: 'restore', movedAt: minutesLater(4).toISOString() });
    const decision = takeDrill(first, at(9));
    expect(decision?.events.map(({ body }) => body.kind)).toEqual(['drill.interrupted', 'drill.began']);
    expect(taken(first, 9)).toMatchObject({ status: 'running', attempts: 2, rung: null });
  });
});

describe('that nobody makes', () => {
  it('could not be verified, after five minutes', () => {
    const { drill } = asked();
    expect(unattended(drill, minutesLater(6))).toBeNull();
    const step = unattended(drill, minutesLater(7));
    expect(step).toMatchObject({ kind: 'not-made', lack: 'no-drill-worker' });
    if (step === null) throw new Error('somebody makes it');
    const { drill: given, said } = stepped(drill, step, 7);
    expect(given).toMatchObject({ status: 'could-not-verify', lack: { kind: 'no-drill-worker' } });
    expect(said).toHaveLength(1);
    expect(unattended(given, minutesLater(100))).toBeNull();
  });

  it('any more, could not be verified either, after a day without a word', () => {
    const drill = taken(asked().drill, 3);
    expect(unattended(drill, minutesLater(3 + 24 * 60 - 1))).toBeNull();
    expect(unattended(drill, minutesLater(3 + 24 * 60))).toMatchObject({ lack: 'drill-worker-gone' });
  });
});
