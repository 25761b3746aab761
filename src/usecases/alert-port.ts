import type { FiringAlert } from '../domain/alert/count.ts';
import type { AlertGroup, AlertStorm } from '../domain/alert/group.ts';
import type { MissingReason, WatchedAlert } from '../domain/alert/missing.ts';
import type { AlertNotification, AlertSource, Labels } from '../domain/alert/notification.ts';
import type { ChannelsLately } from '../domain/alert/screens.ts';
import type { AlertScope } from '../domain/window/silence.ts';

/** More waits to be stored than can be stored soon: the source is to tell again later. */
export class Overloaded extends Error {
  readonly code = 'overloaded';

  constructor() {
    super('More alerts wait to be stored than can be stored in time.');
    this.name = 'Overloaded';
  }
}

/** Where alerts are kept as their sources tell of them. */
export interface AlertIntake {
  /**
   * Stores the alerts and puts their group into the inbox if something changed; resolved once that is durable. Told of again, or by
   * two at once, an alert is still one alert. One that was resolved stays so when an old word of it comes late; told of as firing half
   * a minute after that or more, it fires again.
   *
   * @throws Overloaded before anything is stored
   * @throws DatabaseUnavailable
   */
  take(notification: AlertNotification, at: Date): Promise<void>;
  /** Deletes alerts that nobody told of since then and that are resolved or began anew. Gives how many. @throws DatabaseUnavailable */
  expire(before: Date): Promise<number>;
}

/** An alert that Alertmanager told of as firing, and of whose end it did not tell. */
export interface FiringThere extends WatchedAlert {
  readonly fingerprint: string;
  /** As the database writes it: with the fingerprint it is one alert. */
  readonly startsAt: string;
}

export interface FoundAlert extends FiringThere {
  readonly reason: MissingReason;
}

/** Alerts that nobody may tell of any more, because they are silenced. Throws DatabaseUnavailable as the intake does. */
export interface AlertWatch {
  /**
   * Those that fire as far as was told and are in one of these scopes, or that somebody silenced, or that were found or missing since they
   * were told of; and those that ended unseen, as long as they are in such a scope or silenced.
   */
  watched(scopes: readonly AlertScope[]): Promise<FiringThere[]>;
  /**
   * Keeps what a look came to: what has ended is resolved, and what fires again fires, as if its source had told so, and its group goes into
   * the inbox. What was told of since it was missing fires on.
   */
  found(alerts: readonly FoundAlert[], at: Date): Promise<void>;
}

/** A group of the inbox, once it was looked at: it leaves unless something came in meanwhile. */
export interface LookedAtGroup {
  readonly source: AlertSource;
  readonly group: string;
  readonly revision: string;
}

/** A group whose alerts changed, counted as they are now. */
export interface ChangedGroup extends LookedAtGroup {
  readonly commonLabels: Labels;
  readonly commonAnnotations: Labels;
  readonly externalUrl: string;
  readonly truncated: number;
  /** When the first change was taken in that was not looked at yet. */
  readonly since: Date;
  /** A maintenance window held it until now. */
  readonly wasHeld: boolean;
  /** Its last life; null when it had none. */
  readonly known: AlertGroup | null;
  readonly firing: number;
  /** Of those taken in since its last life began, or since `since` when that is over. */
  readonly resolved: number;
  /** Of these, the ones that were found to have ended and not told of. */
  readonly unseen: number;
  /** Of those that fire, the ones that are missing and may have ended. */
  readonly missing: number;
  /** The longest firing ones. */
  readonly longest: readonly FiringAlert[];
}

/** What the groups of alerts of an incident come to. */
export interface AlertsOfIncident {
  readonly incident: number;
  /** Whether it was declared for one of them. */
  readonly declared: boolean;
  readonly groups: number;
  /** Numbers of those that fire. */
  readonly firing: readonly number[];
}

/** What a transaction knows of alerts. */
export interface AlertTx {
  /**
   * Waits until nobody else works the inbox off or declares for a group, and keeps them waiting until this transaction ends: two groups
   * of one service are one incident. Before anything else is locked.
   */
  alertsAlone(): Promise<void>;
  /**
   * Groups whose alerts changed, the longest waiting first, with their chains locked. Whoever else works the inbox off waits until
   * this transaction ends.
   *
   * @param isOver whether what fires now is no more of this life
   * @param now those that are held until later are left out
   */
  changedAlertGroups(isOver: (group: AlertGroup) => boolean, now: Date, limit: number): Promise<ChangedGroup[]>;
  /** These stay in the inbox and are not looked at before `until`. */
  holdAlertGroups(groups: readonly Pick<LookedAtGroup, 'source' | 'group'>[], until: Date): Promise<void>;
  /** The group, with its chain locked until the transaction ends; null if there is none. */
  alertGroup(number: number): Promise<AlertGroup | null>;
  /** So many free numbers, ascending. */
  nextAlertNumbers(count: number): Promise<number[]>;
  /** What these channels have seen since then, with `fresh` numbers for new shared messages. */
  alertScreens(channels: readonly string[], since: Date, fresh: number): Promise<ChannelsLately>;
  /** The newest open incident about each of these topics (`topicOf`), by topic. */
  openIncidentsAbout(topics: readonly string[]): Promise<ReadonlyMap<string, number>>;
  alertsOfIncidents(incidents: readonly number[]): Promise<AlertsOfIncident[]>;
}

/** A message that groups share, as it is now. */
export interface StormNow extends AlertStorm {
  /** Grows whenever what it shows has changed. */
  readonly revision: number;
  readonly firing: number;
  readonly resolved: number;
  /** Alerts of all its groups that fire. */
  readonly alerts: number;
  /** The worst of its groups. */
  readonly worst: readonly AlertGroup[];
}

/** A group that waits in the inbox until a window is over, or did. */
export interface HeldGroup extends Pick<LookedAtGroup, 'source' | 'group'> {
  /** What its source told of it; null when it does not wait any more. */
  readonly notice: Pick<ChangedGroup, 'commonLabels' | 'commonAnnotations' | 'externalUrl'> | null;
  /** What those are known by that fire. */
  readonly firing: readonly string[];
}

/** Groups that fire now. */
export interface FiringGroups {
  /** Some of them, the worst first. */
  readonly groups: readonly AlertGroup[];
  /** How many there are, and how many alerts in them. */
  readonly firing: number;
  readonly alerts: number;
}

/** Alerts, as those see them who only look. Throws DatabaseUnavailable as the store does. */
export interface AlertReads {
  alertGroup(number: number): Promise<AlertGroup | null>;
  alertStorm(number: number): Promise<StormNow | null>;
  firingAlertGroups(page: { readonly limit: number; readonly skip: number }): Promise<FiringGroups>;
  /** Numbers of the groups whose mute was over at `now`. */
  alertMutesOver(now: Date): Promise<number[]>;
  /** Numbers of the groups that somebody wanted silenced, as long as anything is to be done about that. */
  alertsToSilence(): Promise<number[]>;
  /** What a group's alerts are known by that fire. */
  /** Groups that a maintenance window holds back, at most so many, and these as they are now. */
  heldAlertGroups(known: readonly Pick<LookedAtGroup, 'source' | 'group'>[], limit: number): Promise<HeldGroup[]>;
  firingAlertsOf(group: Pick<LookedAtGroup, 'source' | 'group'>): Promise<{ fingerprint: string; labels: Labels }[]>;
}
