import type { EventDraft } from '../../src/domain/event.ts';
import type { Answer } from '../../src/domain/health/sample.ts';
import { follow } from '../../src/domain/incident/apply.ts';
import type { IncidentEvent } from '../../src/domain/incident/events.ts';
import type { Severity } from '../../src/domain/incident/severity.ts';
import type { Slo } from '../../src/domain/spec/watching.ts';
import type { RecordedIncident } from '../../src/domain/uptime/incident-downtime.ts';
import { follow as followWindow } from '../../src/domain/window/apply.ts';
import type { WindowEvent, WindowTerms } from '../../src/domain/window/events.ts';
import type { MaintenanceWindow } from '../../src/domain/window/window.ts';
import { alice } from './incident-spec.ts';

const ACTOR = { kind: 'slack', user: alice } as const;

/** One look at a check; `at` in milliseconds. */
export interface Look {
  readonly at: number;
  readonly answer: Answer;
}

/** What happened to an incident, in order; `declared` comes first. */
export interface IncidentMoves {
  readonly service?: string;
  readonly declared: number;
  readonly moves: readonly { readonly at: number; readonly what: Severity | 'resolved' | 'reopened' }[];
}

/** What happened to a window; what is left out did not. */
export interface WindowMoves {
  readonly services?: readonly string[];
  readonly planned: number;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly announced?: number;
  readonly started?: { readonly at: number; readonly saidAt?: number };
  readonly extended?: readonly { readonly at: number; readonly to: number }[];
  readonly ended?: number;
  readonly cancelled?: number;
  readonly reported?: number;
}

/** 99.9% of a quarter, and less than an hour, judged by one check; announced windows and SEV1 incidents count. */
export function anSlo(slo: Partial<Slo> = {}): Slo {
  return {
    key: 'checkout-uptime',
    title: 'Checkout is up',
    service: 'checkout',
    period: 'quarter',
    checks: ['checkout'],
    uptime: 99.9,
    maxDowntime: 3_600_000,
    excludeWindows: true,
    incidents: ['SEV1'],
    clause: [],
    ...slo,
  };
}

/** An incident as the fold of what happened to it. */
export function incidentAfter(number: number, told: IncidentMoves): RecordedIncident {
  const turns = told.moves.flatMap(({ at, what }) =>
    what === 'resolved' || what === 'reopened'
      ? [{ at: new Date(at).toISOString(), kind: `incident.${what}` as const }]
      : [],
  );
  return { incident: follow(null, number, incidentDrafts(number, told)), turns };
}

/** What happened to an incident, as it is written down. */
export function incidentDrafts(
  number: number,
  { service = 'checkout', declared, moves }: IncidentMoves,
): EventDraft<IncidentEvent>[] {
  const first: IncidentEvent = {
    kind: 'incident.declared',
    ...{ number, service, title: `Trouble ${number}`, category: null, description: '', origin: null, announcedIn: [] },
  };
  return [draft(declared, first), ...moves.map(({ at, what }) => draft(at, incidentEvent(what)))];
}

function draft<Body extends { kind: string }>(at: number, body: Body, saidAt = at): EventDraft<Body> {
  return { actor: ACTOR, occurredAt: new Date(at), recordedAt: new Date(saidAt), body };
}

function incidentEvent(what: Severity | 'resolved' | 'reopened'): IncidentEvent {
  if (what === 'resolved') return { kind: 'incident.resolved', summary: 'Over', postmortemDueAt: null };
  if (what === 'reopened') return { kind: 'incident.reopened', reason: 'Again', nextUpdateDueAt: null };
  return { kind: 'incident.severity_set', from: null, to: what, reason: '', nextUpdateDueAt: null, announcedIn: [] };
}

/** A window as the fold of what happened to it. */
export function windowAfter(number: number, moves: WindowMoves): MaintenanceWindow {
  return followWindow(null, number, windowDrafts(number, moves));
}

/** What happened to a window, as it is written down. */
export function windowDrafts(number: number, moves: WindowMoves): EventDraft<WindowEvent>[] {
  const iso = (at: number) => new Date(at).toISOString();
  const drafts: EventDraft<WindowEvent>[] = [];
  const add = (at: number | undefined, body: WindowEvent, saidAt?: number) => {
    if (at !== undefined) drafts.push(draft(at, body, saidAt));
  };
  let endsAt = moves.endsAt;
  add(moves.planned, { kind: 'window.planned', number, terms: termsOf(number, moves) });
  add(moves.announced, { kind: 'window.announced', before: 0, overtaken: [] });
  add(moves.started?.at, { kind: 'window.started', lead: null }, moves.started?.saidAt);
  for (const { at, to } of moves.extended ?? []) {
    add(at, { kind: 'window.extended', from: iso(endsAt), to: iso(to), reason: '', lead: null });
    endsAt = to;
  }
  add(moves.ended, { kind: 'window.ended', overrun: 0 });
  add(moves.cancelled, { kind: 'window.cancelled', reason: '', lapsed: false });
  add(moves.reported, { kind: 'window.reported', done: 'Done', documents: '', learned: '', ticked: [] });
  return drafts;
}

function termsOf(number: number, { services = ['checkout'], startsAt, endsAt }: WindowMoves): WindowTerms {
  return {
    ...{ window: null, occurrence: null, title: `Work ${number}`, reason: '', risk: '', rollback: '', checklist: [] },
    ...{ lead: null, owner: null, channel: 'ops', services, labels: {}, announceIn: [], announceBefore: [] },
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(endsAt).toISOString(),
    ...{ endingBefore: null, approvers: null, typical: null, shortNotice: '', overlaps: [], clauses: [] },
  };
}
