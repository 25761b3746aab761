import type { Actor } from '../actor.ts';
import type { Severity } from '../incident/severity.ts';
import type { SilenceThere } from '../window/quiet.ts';
import type { Matcher } from '../window/silence.ts';
import type { AlertSource } from './notification.ts';

/** One alert as its group's card shows it. */
export interface AlertSample {
  /** What tells it apart from the others of its group: "instance host-3"; empty when nothing does. */
  readonly name: string;
  readonly summary: string;
  readonly startsAt: string;
  readonly url: string;
}

/** What a group looks like now, counted over everything that its source told. */
export interface AlertCount {
  readonly firing: number;
  /** Of those that fired since the group began, all that are resolved. */
  readonly resolved: number;
  /** Of these, the ones that were found to have ended while they were silenced; absent in what was written before it was counted. */
  readonly unseen?: number;
  /** Alerts that the source left out. */
  readonly truncated: number;
  /** The longest firing ones. */
  readonly samples: readonly AlertSample[];
}

/** What is known of a group from its labels and the spec's rules, when it begins. */
export interface AlertTerms {
  readonly source: AlertSource;
  /** What the source knows the group by. */
  readonly group: string;
  readonly title: string;
  readonly summary: string;
  /** Key of a service of the spec; null where none is named. */
  readonly service: string | null;
  readonly severity: Severity | null;
  /** Key of the rule that decided; null where none matched. */
  readonly rule: string | null;
  /** Where it is shown: a channel's name without "#", or its id. */
  readonly channel: string;
  readonly runbook: string | null;
  readonly dashboard: string | null;
  /** Where the source shows it. */
  readonly url: string | null;
}

/** A group of alerts from its first to its last one, as the fold of its events. Plain JSON, so a row equals its fold exactly. */
export interface AlertGroup extends AlertTerms, AlertCount {
  readonly number: number;
  /** Sequence of the last event applied. */
  readonly version: number;
  readonly status: 'firing' | 'resolved';
  readonly startedAt: string;
  readonly resolvedAt: string | null;
  /** Number of the message it shares, when so many began at once that it has no card of its own. */
  readonly storm: number | null;
  readonly acknowledged: { readonly by: Actor; readonly at: string } | null;
  readonly muted: { readonly by: Actor; readonly until: string; readonly reason: string } | null;
  /** What somebody wanted silenced in Alertmanager; absent or null when nothing is. */
  readonly silence?: GroupSilence | null;
  /** Number of the incident it is attached to. */
  readonly incident: number | null;
  /** Whether that incident was declared for it. */
  readonly declared: boolean;
}

/** A silence that somebody wanted for a group. */
export interface GroupSilence {
  readonly by: Actor;
  readonly at: string;
  /** Whom Alertmanager is told. */
  readonly name: string;
  readonly until: string;
  readonly comment: string;
  readonly matchers: readonly Matcher[];
  /** Who ended it before its time. */
  readonly ended: { readonly by: Actor; readonly at: string } | null;
  /** How it stands in each Alertmanager, by the target's key; all null until it was seen to. */
  readonly targets: Readonly<Record<string, SilenceThere>>;
}

/** A message that groups share which began while too many others did; edited in place. */
export interface AlertStorm {
  readonly number: number;
  readonly channel: string;
  readonly openedAt: Date;
}

/** Nobody is told of it before the mute is over. */
export function isMuted({ muted }: Pick<AlertGroup, 'muted'>, now: Date): boolean {
  return muted !== null && now < new Date(muted.until);
}
