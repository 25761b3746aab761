import { follow } from '../../src/domain/duty/apply.ts';
import type { RunEvent, RunTerms } from '../../src/domain/duty/events.ts';
import type { DutyRun } from '../../src/domain/duty/run.ts';
import type { EventDraft } from '../../src/domain/event.ts';
import { alice, now } from './incident-spec.ts';

/** What is asked of the platform team: due at `now`, in time for four hours, missed a day later. */
const TERMS: RunTerms = {
  duty: 'backups',
  occurrence: '2026-11-21T15:00',
  title: 'Backup verification',
  owner: 'platform',
  channel: 'ops',
  type: 'preventive',
  description: null,
  announceAt: null,
  dueAt: now.toISOString(),
  local: '2026-11-21 15:00',
  zone: 'Europe/Paris',
  grace: 4 * 3_600_000,
  missedAt: '2026-11-22T18:00:00.000Z',
  checklist: ['Backups completed', 'Integrity checked'],
  runbook: 'https://example.com/backups',
  evidence: 'required',
  evidenceKinds: ['text', 'link'],
  controls: ['ISO27001-A.8.13'],
  clauses: ['004:L49'],
  action: null,
  approval: null,
};

/** The first run, of these terms, after these events; each happened at `now` and was Alice's doing. */
export function aRun(
  terms: Partial<RunTerms & { takenBy: string }> = {},
  events: readonly RunEvent[] = [{ kind: 'run.due' }],
): DutyRun {
  const { takenBy, ...changed } = terms;
  const taken: RunEvent[] = takenBy === undefined ? [] : [{ kind: 'run.taken', from: null, by: takenBy }];
  const planned: RunEvent = { kind: 'run.planned', number: 1, terms: { ...TERMS, ...changed } };
  const drafts = [planned, ...events, ...taken].map(
    (body): EventDraft<RunEvent> => ({ actor: { kind: 'slack', user: alice }, occurredAt: now, recordedAt: now, body }),
  );
  return follow(null, 1, drafts);
}
