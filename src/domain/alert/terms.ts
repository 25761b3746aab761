import { SEVERITIES, type Severity } from '../incident/severity.ts';
import type { AlertRule } from '../spec/alerts.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { AlertTerms } from './group.ts';
import type { AlertSource, Labels } from './notification.ts';

/** What a source tells of a group beside its alerts. */
export interface GroupNotice {
  readonly source: AlertSource;
  readonly group: string;
  readonly commonLabels: Labels;
  readonly commonAnnotations: Labels;
  readonly externalUrl: string;
  /** Where the source shows its first alert; empty when it does not say. */
  readonly firstUrl: string;
}

/** In characters: three of them fit into one block of Slack's. */
const LONGEST_ADDRESS = 700;
/** Labels that people everywhere name an alert by. */
const NAMES = ['alertname', 'rulename', 'title'];

/**
 * What Mainstay makes of a group by the rules of the spec: the first that matches decides, and without one it is shown and
 * nothing more. What a rule does not say comes from the labels: the service by its key or name, and from the service its
 * team's channel; a group of nobody's is shown to Mainstay's operators.
 */
export function termsOfGroup(notice: GroupNotice, spec: OperationsSpec): AlertTerms {
  const { source, group, commonLabels: labels, commonAnnotations: words } = notice;
  const rule = spec.alerts.rules.find(({ match }) => matches(match, labels));
  const service = rule?.service ?? serviceIn(spec, labels['service']);
  return {
    source,
    group,
    title: NAMES.flatMap((name) => labels[name] ?? [])[0] ?? 'Alerts',
    summary: words['summary'] ?? words['description'] ?? '',
    service,
    severity: rule?.severity ?? severityIn(labels['severity']),
    rule: rule?.key ?? null,
    channel: channelFor(rule, service, spec),
    runbook: address(words['runbook_url']) ?? (service === null ? null : (spec.services[service]?.runbook ?? null)),
    dashboard:
      address(words['dashboard_url']) ?? (service === null ? null : (spec.services[service]?.dashboard ?? null)),
    url: address(notice.firstUrl) ?? address(notice.externalUrl),
  };
}

/** What can be linked to; null for what a browser should not follow, or a message cannot hold. */
function address(text: string | undefined): string | null {
  return text !== undefined && text.length <= LONGEST_ADDRESS && /^https?:\/\//i.test(text) ? text : null;
}

function matches(wanted: Labels, labels: Labels): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}

function severityIn(word: string | undefined): Severity | null {
  return SEVERITIES.find((severity) => severity === word?.toUpperCase()) ?? null;
}

function serviceIn(spec: OperationsSpec, word: string | undefined): string | null {
  if (word === undefined) return null;
  const same = (name: string) => name.toLowerCase() === word.toLowerCase();
  return Object.entries(spec.services).find(([key, { name }]) => same(key) || same(name))?.[0] ?? null;
}

function channelFor(rule: AlertRule | undefined, service: string | null, spec: OperationsSpec): string {
  const team = service === null ? undefined : spec.services[service]?.team;
  const teamChannel = team === undefined ? undefined : spec.teams[team]?.channel;
  return rule?.channel ?? teamChannel ?? spec.incident.operatorsChannel;
}
