import { expect, it } from 'vitest';
import { backupStatus } from '../../blocks/backup-lists.ts';
import { drillAskedAnswer, drillHistory, drillShown } from '../../blocks/drill-lists.ts';
import { renderMessage } from '../../blocks/message.ts';
import { parseDrillNumber } from '../../src/domain/backup/command.ts';
import type { DrillRun } from '../../src/domain/backup/drill.ts';
import { climb, RUNGS } from '../../src/domain/backup/ladder.ts';
import { glanceAt } from '../../src/domain/backup/status.ts';
import { aBackup, aBackupRun, backupSpec } from '../support/backup-facts.ts';
import { aDrill, aManifest, seenWell, WANTED } from '../support/drill-facts.ts';
import { alice, incidentSpec, minutesLater } from '../support/incident-spec.ts';
import { checkMessage } from '../support/slack-limits.ts';

const LONG = '<!channel> *'.repeat(300);
const manifest = aManifest();
const { movedAt: AT } = aDrill();
const open = aDrill({ title: `Orders ${LONG}` });
const running: DrillRun = { ...open, status: 'running', beganAt: AT, rung: 'content' };
const passed: DrillRun = { ...open, status: 'passed', result: climb(manifest, seenWell(manifest), WANTED) };
const structure = Array.from({ length: 50 }, (_, n) => ({ kind: 'table' as const, name: LONG + n, digest: '' }));
const broken: DrillRun = {
  ...open,
  status: 'finding',
  result: climb({ ...manifest, structure }, seenWell(manifest, { smoke: { kind: 'not-reached' } }), WANTED),
};
const lacking: DrillRun = { ...open, status: 'could-not-verify', lack: { kind: 'no-drill-worker', what: LONG } };

function message(type: 'drill-card' | 'drill-report', drill: DrillRun): string {
  const rendered = renderMessage({ type, drill: 2 }, { incident: null, run: null, drill, spec: incidentSpec });
  expect(checkMessage({ ...rendered })).toEqual([]);
  return JSON.stringify(rendered);
}

it('the card says who waits for what, and at which rung it is', () => {
  expect(message('drill-card', open)).toContain('waits for a drill worker');
  expect(message('drill-card', running)).toContain(':arrow_forward: Checksums');
  expect(message('drill-card', running)).not.toContain('<!channel>');
});

it('a backup that is proven has its times on the card, against what the spec wants', () => {
  const shown = message('drill-card', passed);
  expect(shown).toContain('Proven by restoring it; back in 1 min of 1 h (RTO), 3 h of 1 d of work lost (RPO)');
  expect(shown.match(/:white_check_mark:/g)?.length).toBeGreaterThanOrEqual(11);
});

it.each([broken, lacking])('nothing else is ever green', (drill) => {
  const card = message('drill-card', drill);
  const report = message('drill-report', drill);
  expect(card).not.toMatch(/:white_check_mark: (?:DRILL|\*)/);
  expect(report).not.toContain(':white_check_mark:');
  expect(report).toContain(drill.status === 'finding' ? ':x: DRILL-2' : ':grey_question: DRILL-2');
});

it('what was found is named, the first of it, with how much more there is', () => {
  const report = message('drill-report', broken);
  expect(report).toContain(':x: Structure');
  expect(report).toContain('and 49 more');
});

it('a drill that found everything wrong still fits into a message', () => {
  const notes = Array.from({ length: 10 }, () => ({ weight: 'finding', reason: 'index-missing', what: LONG }) as const);
  const rungs = RUNGS.map((rung) => ({ rung, verdict: 'finding', notes, count: 900 }) as const);
  const worst: DrillRun = {
    ...broken,
    result: { verdict: 'finding', rungs, measures: { rto: null, rpo: 1, took: 1 } },
  };
  expect(message('drill-card', worst)).toContain('and 897 more');
  expect(message('drill-report', worst)).toContain('and 897 more');
});

it('the history shows how the times went', () => {
  const slower = {
    ...passed,
    result: climb(manifest, seenWell(manifest, { queryableAt: '2026-11-21T17:02:00.000Z' }), WANTED),
  };
  const history = drillHistory([slower, lacking, passed], 15);
  expect(checkMessage({ ...history })).toEqual([]);
  expect(JSON.stringify(history)).toContain('RTO 1 min → 2 min');
  expect(JSON.stringify(drillHistory([], 15))).toContain('No backup was drilled yet');
  const event = {
    subject: 'DRILL-2',
    seq: 3,
    actor: { kind: 'system', job: 'drill' },
    kind: 'drill.reached',
    occurredAt: new Date(AT),
    recordedAt: new Date(AT),
    body: { kind: 'drill.reached', rung: 'content' },
  } as const;
  const shown = drillShown(broken, [event]);
  expect(checkMessage({ ...shown })).toEqual([]);
  expect(JSON.stringify(shown)).toContain('looks at: checksums  ·  Mainstay');
});

it('the status of a backup says when it was last proven, and never that it was when it was not', () => {
  const backup = aBackup();
  const asked = aBackupRun({ actor: { kind: 'slack', user: alice }, now: minutesLater(0), spec: backupSpec(backup) });
  const words = (drill: DrillRun | null) => {
    const glance = glanceAt(
      backup,
      { sealed: [asked], ended: null, open: null, drill },
      { spec: backupSpec(backup), now: new Date('2026-11-23T17:00:00Z') },
    );
    const status = backupStatus([glance]);
    expect(checkMessage({ ...status })).toEqual([]);
    return JSON.stringify(status);
  };
  expect(words({ ...passed, endedAt: AT })).toContain('proven by DRILL-2, 2 d ago');
  expect(words({ ...broken, endedAt: AT })).toContain('*found wrong* by DRILL-2, 2 d ago');
  expect(words({ ...lacking, endedAt: AT })).toContain('could not be verified by DRILL-2, 2 d ago');
  expect(words(null)).toContain('never drilled');
});

it('whoever asks is told that it waits, or which one they get', () => {
  expect(drillAskedAnswer({ drill: open, joined: false })).toContain('waits for a drill worker');
  expect(drillAskedAnswer({ drill: open, joined: true })).toContain('you get that one');
});

it.each([
  ['DRILL-3', 3],
  ['drill 12', 12],
  ['BK-3', null],
  ['DRILL-0', null],
  ['3', null],
])('%s names a drill by its number: %s', (typed, number) => {
  expect(parseDrillNumber(typed)).toBe(number);
});
