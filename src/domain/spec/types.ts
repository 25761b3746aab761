import type { Severity } from '../incident/severity.ts';
import type { PermissionVerb } from '../permissions.ts';
import type { Alerts } from './alerts.ts';
import type { Backup } from './backup.ts';
import type { Freeze, Holiday, RecurringWindow } from './calendar.ts';
import type { Digest } from './digest.ts';
import type { Milliseconds } from './duration.ts';
import type { Duty } from './duty.ts';
import type { Secret } from './secret.ts';
import type { Target } from './target.ts';
import type { Check, Metric, Slo, Threshold } from './watching.ts';

/**
 * The operations spec after loading: every default filled in, every duration in milliseconds, every reference known
 * to exist. Keys of teams, contacts and services are the words the file uses; `name` is what people see.
 */
export interface OperationsSpec {
  name: string;
  /** IANA zone, such as Europe/Paris. */
  timezone: string;
  teams: Record<string, Team>;
  contacts: Record<string, Contact>;
  services: Record<string, Service>;
  severities: Record<Severity, SeverityPolicy>;
  incident: IncidentPolicy;
  permissions: Record<PermissionVerb, PermissionRule>;
  targets: Record<string, Target>;
  duties: Duty[];
  holidays: Holiday[];
  freezes: Freeze[];
  /** By team key. */
  digest: Record<string, Digest>;
  windows: RecurringWindow[];
  checks: Check[];
  metrics: Record<string, Metric>;
  thresholds: Threshold[];
  alerts: Alerts;
  slo: Slo[];
  backups: Backup[];
  /** The documents the spec carries out, by the id its clauses cite. */
  documents: Record<string, SourceDocument>;
  /** What everybody may see; absent where nobody outside may see anything. */
  status?: StatusPolicy;
}

/** The status page. */
interface StatusPolicy {
  /** False: the page answers nobody. */
  public: boolean;
  /** What the page is called. */
  title: string;
  description?: string;
  /** Where somebody who has a problem can turn to. */
  support?: string;
}

/** What the status page says of a service. */
export interface PublicService {
  name: string;
  description?: string;
  /** Keys of the service's checks that say how it is for its users; all of them where it is left out. */
  checks?: string[];
}

interface SourceDocument {
  title: string;
  /** Where it can be read: a file or an address. */
  source: string;
  /** How many lines it has; no clause may cite a line beyond. */
  lines?: number;
}

interface Team {
  name: string;
  /** Channel name without "#", or a channel id. */
  channel?: string;
  /** Contact keys or Slack user ids. */
  members: string[];
  /** Slack user-group id; whoever is in the group is in the team. */
  group?: string;
  /** Contact keys or Slack user ids, asked in this order. */
  escalation: string[];
  /** True for the team that reads post-mortem summaries. */
  managers: boolean;
  /** How its people are woken; as documented where it is left out. */
  paging?: Paging;
}

interface Paging {
  /** Whoever does not acknowledge is called again after this; null for not again. */
  again: Milliseconds | null;
  /** The next contact is called after this. */
  next: Milliseconds;
  /** Contacts that have an address are mailed, too. */
  email: boolean;
  webhook?: PagingWebhook;
  assumed?: string;
}

/** A receiver that is told of every page of a team, such as PagerDuty or ntfy. */
export interface PagingWebhook {
  url: string | Secret;
  /** What its calls are signed with. */
  secret?: Secret;
  /** Where the receiver wants one in the body. */
  routingKey?: Secret;
}

interface Contact {
  name: string;
  /** Slack user id. */
  slack?: string;
  email?: string | Secret;
  phone?: string | Secret;
}

interface Service {
  name: string;
  description?: string;
  /** Team key. */
  team?: string;
  runbook?: string;
  dashboard?: string;
  /** Present where the status page shows it. */
  public?: PublicService;
}

interface SeverityPolicy {
  /** What the severity means, in the words people choose it by. */
  meaning: string;
  /** From declared to an owner set. */
  responseTime: Milliseconds;
  /** How often an open incident owes an update; null where none is owed. */
  updateEvery: Milliseconds | null;
  /** Team keys, contact keys, Slack user ids or user-group ids. */
  invite: string[];
  /** Channel names without "#", or channel ids, beside the incident's own channel. */
  announce: string[];
  /** Does it wake the service's team? */
  page: boolean;
  /** Due this long after resolving; null where none is owed. */
  postmortem: { due: Milliseconds } | null;
  /** What responders do first. */
  response?: string;
  /** Why a figure was chosen where the source document gives none. */
  assumed?: string;
}

interface IncidentPolicy {
  /** Channels are named `<prefix>-<n>-<slug>`. */
  channelPrefix: string;
  announceChannel: string;
  managersChannel: string;
  operatorsChannel: string;
  /** What the modal offers under "kind". */
  kinds: string[];
}

/** Who may do a thing: team keys, Slack user-group ids, contact keys or Slack user ids. */
export type PermissionRule = 'everyone' | { teams: string[]; groups: string[]; users: string[] };
