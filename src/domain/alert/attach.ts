import type { Delivery } from '../delivery.ts';
import { alertSubject, type EventDraft } from '../event.ts';
import type { Decision, Situation } from '../incident/decision.ts';
import { type Declaration, decideDeclare } from '../incident/declare.ts';
import type { IncidentEvent } from '../incident/events.ts';
import { decideNote } from '../incident/note.ts';
import type { IncidentRefusal } from '../incident/refusals.ts';
import { decideSetSeverity, isWorse } from '../incident/set-severity.ts';
import { SEVERITIES } from '../incident/severity.ts';
import type { Incident } from '../incident/state.ts';
import { isOpen } from '../incident/transitions.ts';
import type { Outcome } from '../outcome.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { AlertGroup } from './group.ts';

/** What groups of alerts mean for one incident, all of them at once. */
export interface NewsOfAlerts {
  /** Groups that belong to it from now on. */
  readonly attached: readonly AlertGroup[];
  /** Of these, the ones that would be an incident on their own: it is as severe as they are, or worse. */
  readonly urgent: readonly AlertGroup[];
  /** Groups of it that fire again after they were clear. */
  readonly again: readonly AlertGroup[];
  /** How many groups it has, if the last of them is clear now and it was declared for one of them; else null. */
  readonly allClear: number | null;
}

/** Groups that one line names; the rest are counted. */
const MOST_NAMED = 5;

/** What open incidents are looked for by: the service, or without one the rule. Null where there is neither. */
export function topicOf({ service, rule }: Pick<AlertGroup, 'service' | 'rule'>): string | null {
  if (service !== null) return `service ${service}`;
  return rule === null ? null : `rule ${rule}`;
}

/** Whether it is an incident without anybody being asked: its rule says so, or it was one when it fired before. */
export function isIncident({ rule, declared }: Pick<AlertGroup, 'rule' | 'declared'>, spec: OperationsSpec): boolean {
  return declared || spec.alerts.rules.some(({ key, declare }) => key === rule && declare);
}

/** The incident that is declared for a group: its title, service and severity, and where it was told of. */
export function declareFor(
  group: AlertGroup,
  origin: string | null,
  situation: Situation,
): Outcome<(number: number) => Decision, IncidentRefusal> {
  const { title, severity, service, summary, url } = group;
  const places = [alertSubject(group.number), ...(url === null ? [] : [url])].join(', ');
  const description = [...(summary === '' ? [] : [summary]), places].join('\n');
  const declaration: Declaration = { title, severity, category: null, service, description, origin };
  return decideDeclare(declaration, situation);
}

/** On the timeline a line each, and in the channel what asks for somebody: nothing is resolved or reopened by itself. */
export function tellIncident(incident: Incident, news: NewsOfAlerts, situation: Situation): Decision {
  const { number } = incident;
  const events: EventDraft<IncidentEvent>[] = [];
  const deliveries: Delivery[] = [];
  const note = (text: string, said: Delivery | null) => {
    const decided = decideNote(incident, { text, at: null }, situation);
    // A closed incident takes no notes; in its channel it is said all the same.
    if (decided.ok) events.push(...decided.value.events);
    deliveries.push(...(said !== null ? [said] : decided.ok ? decided.value.deliveries : []));
  };
  const post = (message: Extract<Delivery, { kind: 'post' }>['message']): Delivery => ({
    kind: 'post',
    to: { to: 'incident', number },
    message,
  });

  if (news.attached.length > 0) note(`Alerts that belong to it: ${named(news.attached)}`, null);
  const worst = SEVERITIES.find((severity) => news.urgent.some((group) => group.severity === severity));
  if (worst !== undefined && isWorse(worst, incident.severity)) {
    const reason = named(news.urgent.filter(({ severity }) => severity === worst));
    const raised = decideSetSeverity(incident, { to: worst, reason }, situation);
    if (raised.ok) {
      events.push(...raised.value.events);
      deliveries.push(...raised.value.deliveries);
    }
  }
  if (news.again.length > 0) {
    const firing = news.again.reduce((sum, group) => sum + group.firing, 0);
    const names = named(news.again);
    note(
      `Fires again: ${names}`,
      post({ type: 'alerts-again', incident: number, names, firing, open: isOpen(incident) }),
    );
  }
  if (news.allClear !== null && isOpen(incident)) {
    const groups = news.allClear;
    const what = groups === 1 ? 'Its alerts are clear' : `All ${groups} groups of its alerts are clear`;
    note(what, post({ type: 'alerts-clear', incident: number, groups }));
  }
  return { events, deliveries };
}

function named(groups: readonly AlertGroup[]): string {
  const names = groups
    .slice(0, MOST_NAMED)
    .map(({ number, title, firing }) => `${alertSubject(number)} ${title} (${firing} firing)`);
  const left = groups.length - names.length;
  return [...names, ...(left > 0 ? [`${left} more groups`] : [])].join(', ');
}
