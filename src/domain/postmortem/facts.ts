import type { Actor } from '../actor.ts';
import type { StoredEvent } from '../event.ts';
import { apply } from '../incident/apply.ts';
import { remainsOf } from '../incident/erased.ts';
import type { IncidentEvent } from '../incident/events.ts';
import type { Severity } from '../incident/severity.ts';
import type { Incident } from '../incident/state.ts';
import { Timeline, type TimelineEntry } from '../incident/timeline.ts';

/** Something the log says, and where: `INC-1#4`. */
export interface Cited {
  readonly cite: string;
}

/** A stretch of time at one severity. `to` is null while it runs. */
export interface SeverityPeriod extends Cited {
  readonly severity: Severity;
  readonly from: Date;
  readonly to: { readonly at: Date; readonly cite: string } | null;
  readonly by: Actor;
  readonly reason: string;
}

/** From declared or reopened to resolved; `to` is null while it is open. */
export interface ImpactWindow extends Cited {
  readonly from: Date;
  readonly to: { readonly at: Date; readonly cite: string } | null;
}

/** A step that was taken, and how long after the declaration, in milliseconds. */
export interface Milestone extends Cited {
  readonly at: Date;
  readonly by: Actor;
  readonly after: number;
}

/** Everything a post-mortem can know without asking anybody: what the log of one incident says. */
export interface PostmortemFacts {
  /** The incident as the fold of the log. */
  readonly incident: Incident;
  readonly declared: Cited;
  readonly severityPeriods: readonly SeverityPeriod[];
  readonly impact: readonly ImpactWindow[];
  /** The first owner that was named while it was open. */
  readonly acknowledged: (Milestone & { readonly owner: string }) | null;
  readonly mitigated: Milestone | null;
  readonly resolved: (Milestone & { readonly summary: string }) | null;
  readonly reopened: readonly (Milestone & { readonly reason: string })[];
  /** Slack users who did something or owned it, with the first place in the log that says so. */
  readonly responders: readonly (Cited & { readonly user: string })[];
  readonly updates: number;
  /** Reminders of updates that were overdue. */
  readonly overdueUpdates: readonly Cited[];
  readonly timeline: readonly TimelineEntry[];
  /** How far the log went when this was drawn from it: `INC-1#23`. */
  readonly upTo: string;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Collects the facts event by event, so that a log of any length can be streamed through it. */
export class FactCollector {
  #incident: Incident | null = null;
  readonly #timeline = new Timeline();
  readonly #periods: Mutable<SeverityPeriod>[] = [];
  readonly #impact: Mutable<ImpactWindow>[] = [];
  readonly #responders: (Cited & { user: string })[] = [];
  readonly #reopened: (Milestone & { reason: string })[] = [];
  readonly #overdue: Cited[] = [];
  #updates = 0;
  #declared: Cited = { cite: '' };
  #acknowledged: (Milestone & { owner: string }) | null = null;
  #mitigated: Milestone | null = null;
  #resolved: (Milestone & { summary: string }) | null = null;
  #upTo = '';

  add(event: StoredEvent<IncidentEvent>): void {
    const before = this.#incident;
    const after = apply(before, event);
    const cite = `${event.subject}#${event.seq}`;
    this.#incident = after;
    this.#upTo = cite;
    this.#timeline.add(event);
    for (const user of after.responders.slice(before?.responders.length ?? 0)) this.#responders.push({ user, cite });
    const body = event.body ?? remainsOf(event);
    if (body === null) return;
    this.#collect(body, event, cite, milestone(after, event, cite));
  }

  #collect(body: IncidentEvent, event: StoredEvent<IncidentEvent>, cite: string, step: Milestone): void {
    const { occurredAt: at, actor: by } = event;
    switch (body.kind) {
      case 'incident.declared':
        this.#declared = { cite };
        this.#impact.push({ from: at, to: null, cite });
        break;
      case 'incident.severity_set':
        this.#endPeriod(at, cite);
        this.#periods.push({ severity: body.to, from: at, to: null, by, reason: body.reason, cite });
        break;
      case 'incident.owner_set':
        if (this.#incident?.acknowledgedAt !== null) this.#acknowledged ??= { ...step, owner: body.to };
        break;
      case 'incident.mitigation_started':
        this.#mitigated ??= step;
        break;
      case 'incident.updated':
        this.#updates += 1;
        break;
      case 'incident.update_overdue':
        this.#overdue.push({ cite });
        break;
      case 'incident.resolved':
        this.#endPeriod(at, cite);
        this.#endImpact(at, cite);
        this.#resolved = { ...step, summary: body.summary };
        break;
      case 'incident.reopened':
        this.#reopen(body.reason, step);
        break;
    }
  }

  #reopen(reason: string, step: Milestone): void {
    const { at, cite, by } = step;
    const severity = this.#incident?.severity ?? null;
    this.#impact.push({ from: at, to: null, cite });
    if (severity !== null) this.#periods.push({ severity, from: at, to: null, by, reason, cite });
    this.#reopened.push({ ...step, reason });
    this.#resolved = null;
  }

  #endPeriod(at: Date, cite: string): void {
    const last = this.#periods.at(-1);
    if (last?.to === null) last.to = { at, cite };
  }

  #endImpact(at: Date, cite: string): void {
    const last = this.#impact.at(-1);
    if (last?.to === null) last.to = { at, cite };
  }

  /** @throws when nothing was added: an incident has at least its declaration. */
  facts(): PostmortemFacts {
    if (this.#incident === null) throw new Error('there are no facts without events');
    return {
      incident: this.#incident,
      declared: this.#declared,
      severityPeriods: this.#periods,
      impact: this.#impact,
      acknowledged: this.#acknowledged,
      mitigated: this.#mitigated,
      resolved: this.#resolved,
      reopened: this.#reopened,
      responders: this.#responders,
      updates: this.#updates,
      overdueUpdates: this.#overdue,
      timeline: this.#timeline.entries(),
      upTo: this.#upTo,
    };
  }
}

function milestone(
  incident: Incident,
  { occurredAt: at, actor: by }: StoredEvent<IncidentEvent>,
  cite: string,
): Milestone {
  return { at, by, after: at.getTime() - Date.parse(incident.declaredAt), cite };
}
