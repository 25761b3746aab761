import type { StoredEvent } from '../event.ts';
import type { RunEvent } from './events.ts';

/** What stands in the place of words that were erased by law. */
const ERASED = '[erased]';
/** Long before anything was asked for. */
const UNKNOWN_TIME = '1970-01-01T00:00:00.000Z';

/**
 * What is still known of an event whose body was erased. Its kind and its time are in the chain, so the run's life keeps
 * its shape; what only the body said is lost. Null when nothing is left to tell.
 */
export function remainsOf(event: StoredEvent<RunEvent>): RunEvent | null {
  switch (event.kind) {
    case 'run.planned':
      return {
        kind: event.kind,
        number: Number(event.subject.replace('RUN-', '')),
        terms: {
          duty: ERASED,
          // Two runs whose terms are erased are still two.
          occurrence: event.subject,
          title: ERASED,
          owner: ERASED,
          channel: ERASED,
          type: 'preventive',
          description: null,
          announceAt: null,
          dueAt: UNKNOWN_TIME,
          local: '',
          zone: 'UTC',
          grace: 0,
          missedAt: null,
          checklist: [],
          runbook: null,
          evidence: 'none',
          evidenceKinds: [],
          controls: [],
          clauses: [],
          action: null,
          approval: null,
        },
      };
    case 'run.announced':
    case 'run.due':
    case 'run.reminded':
    case 'run.begun':
    case 'run.approved':
    case 'run.failed':
      return { kind: event.kind };
    case 'run.done':
      return { kind: event.kind, evidence: [{ kind: 'text', value: ERASED }], late: false };
    case 'run.started':
      return { kind: event.kind, mode: 'run', why: 'due' };
    case 'run.finished':
      return { kind: event.kind, outcome: 'could-not-run', summary: ERASED, output: ERASED, took: 0 };
    case 'run.skipped':
    case 'run.declined':
    case 'run.not-run':
    case 'run.cannot':
      return { kind: event.kind, reason: ERASED };
    case 'run.late':
      return { kind: event.kind, nextTellAt: null };
    case 'run.missed':
      return { kind: event.kind, asked: true };
    case 'run.waived':
      return { kind: event.kind, of: null, reason: ERASED, approver: ERASED, until: null };
    case 'run.satisfied':
      return { kind: event.kind, duty: ERASED, occurrence: ERASED };
    default:
      return null;
  }
}
