import type { Actor } from '../actor.ts';
import { incidentSubject } from '../event.ts';
import type { IncidentEvent } from '../incident/events.ts';
import type { Severity } from '../incident/severity.ts';
import type { Incident, IncidentStatus } from '../incident/state.ts';
import { minutesAtEach, type SeverityMinutes } from '../incident/summary.ts';
import type { PostmortemDocument } from './document.ts';
import type { Milestone, PostmortemFacts } from './facts.ts';
import type { NameOf } from './markdown.ts';

/** An instant (ISO 8601, UTC, milliseconds) and the event that says so. */
interface CitedInstant {
  readonly at: string;
  readonly cite: string;
}

/** A step: when, by whom, and how many milliseconds after the declaration. */
interface StepJson extends CitedInstant {
  readonly by: Actor;
  readonly afterMs: number;
}

/**
 * A post-mortem for programs. Instants are ISO 8601 in UTC, durations milliseconds (`...Ms`) or whole `minutes`; `cite`
 * names the event of the log that says so (`INC-1#4`). What the log does not say is null or listed in `gaps`. A field
 * may be added; one that is renamed, removed or changes its meaning changes `schema`.
 */
export interface PostmortemJson {
  readonly schema: 'mainstay.postmortem/1';
  readonly id: string;
  readonly title: string;
  readonly status: IncidentStatus;
  readonly severity: Severity | null;
  readonly category: string | null;
  readonly service: string | null;
  readonly description: string;
  /** Last event that was read, and when that was. */
  readonly drawn: { readonly upTo: string; readonly at: string };
  readonly declared: CitedInstant & { readonly by: Actor };
  /** The first owner named while it was open. */
  readonly acknowledged: (StepJson & { readonly owner: string }) | null;
  readonly mitigated: StepJson | null;
  readonly resolved: (StepJson & { readonly summary: string }) | null;
  readonly reopened: readonly (StepJson & { readonly reason: string })[];
  /** From declared or reopened to resolved; `to` is null while it is open. */
  readonly impact: readonly {
    readonly from: CitedInstant;
    readonly to: CitedInstant | null;
    readonly durationMs: number;
  }[];
  readonly severityHistory: readonly {
    readonly severity: Severity;
    readonly from: CitedInstant;
    readonly to: CitedInstant | null;
    readonly minutes: number;
    readonly by: Actor;
    readonly reason: string;
  }[];
  readonly minutesAtSeverity: readonly SeverityMinutes[];
  /** Slack users, with their names where they are known. */
  readonly responders: readonly { readonly user: string; readonly name: string; readonly cite: string }[];
  readonly updates: { readonly posted: number; readonly overdue: readonly string[] };
  readonly resolution: string | null;
  readonly timeline: readonly {
    readonly cite: string;
    readonly at: string;
    readonly actor: Actor;
    readonly event: IncidentEvent;
  }[];
  /** What only people can answer, in words. */
  readonly gaps: readonly string[];
}

/** @param until the end of what is still running */
export function postmortemJson(
  facts: PostmortemFacts,
  document: PostmortemDocument,
  nameOf: NameOf,
  until: Date,
): PostmortemJson {
  const { incident, declared, acknowledged, mitigated, resolved } = facts;
  return {
    schema: 'mainstay.postmortem/1',
    ...described(incident),
    drawn: { upTo: facts.upTo, at: until.toISOString() },
    declared: { at: incident.declaredAt, by: incident.declaredBy, cite: declared.cite },
    acknowledged: acknowledged === null ? null : { ...step(acknowledged), owner: acknowledged.owner },
    mitigated: mitigated === null ? null : step(mitigated),
    resolved: resolved === null ? null : { ...step(resolved), summary: resolved.summary },
    reopened: facts.reopened.map((again) => ({ ...step(again), reason: again.reason })),
    impact: facts.impact.map(({ from, to, cite }) => ({
      from: { at: from.toISOString(), cite },
      to: to === null ? null : cited(to),
      durationMs: (to?.at ?? until).getTime() - from.getTime(),
    })),
    severityHistory: facts.severityPeriods.map(({ severity, from, to, by, reason, cite }) => ({
      severity,
      from: { at: from.toISOString(), cite },
      to: to === null ? null : cited(to),
      minutes: Math.round(((to?.at ?? until).getTime() - from.getTime()) / 60_000),
      by,
      reason,
    })),
    minutesAtSeverity: minutesAtEach(incident.severitySpans, until),
    responders: facts.responders.map(({ user, cite }) => ({ user, name: nameOf(user), cite })),
    updates: { posted: facts.updates, overdue: facts.overdueUpdates.map(({ cite }) => cite) },
    resolution: incident.resolution,
    timeline: facts.timeline.map(({ cite, at, actor, event }) => ({ cite, at: at.toISOString(), actor, event })),
    gaps: document.sections.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === 'gap' ? block.text : [])),
    ),
  };
}

function described(incident: Incident) {
  const { title, status, severity, category, service, description } = incident;
  return { id: incidentSubject(incident.number), title, status, severity, category, service, description };
}

function step({ at, by, after, cite }: Milestone): StepJson {
  return { at: at.toISOString(), by, afterMs: after, cite };
}

function cited({ at, cite }: { readonly at: Date; readonly cite: string }): CitedInstant {
  return { at: at.toISOString(), cite };
}
