import type { Actor } from './actor.ts';
import type { CopyFinding } from './backup/custody.ts';
import type { PauseReason, RetentionTerms } from './backup/retention.ts';
import type { DailyDigest } from './digest/daily.ts';
import type { Rollup } from './digest/rollup.ts';
import type { EscalationReason, RunEvent } from './duty/events.ts';
import type { CheckHistory } from './health/history.ts';
import type { CheckStatus } from './health/state.ts';
import type { IncidentEvent } from './incident/events.ts';
import type { Severity } from './incident/severity.ts';
import type { OwnEvent } from './own/trouble.ts';
import type { UptimeReport } from './uptime/report.ts';
import type { BudgetWarning } from './uptime/warning.ts';
import type { WindowEvent } from './window/events.ts';

/** Where something is said. A channel is named as the spec names it (`incidents`) or by its Slack id. */
export type Destination =
  | { to: 'channel'; channel: string }
  | { to: 'incident'; number: number }
  | { to: 'user'; user: string };

/**
 * A message of ours that is edited in place for as long as what it shows lives. An incident has one announcement in
 * each channel it was announced in; `channel` is written as the spec writes it. A run of a duty has a card from when it is due,
 * and an announcement where the spec asks for one, which is edited to say what became of it. A maintenance window has its card in
 * its owner's channel, and an announcement in each other channel that is affected.
 */
export type MessageKey =
  | `incident:${number}:card`
  | `incident:${number}:announcement:${string}`
  | `run:${number}:card`
  | `run:${number}:announcement`
  /** Tells of checks that began to fail together; on what became of them it is edited. */
  | `checks:${number}:card`
  /** What `/health` asked: edited as answers come in. */
  | `health:${number}:screen`
  | `window:${number}:card`
  | `window:${number}:announcement:${string}`
  | `alerts:${number}:card`
  /** Shared by groups of alerts that began in one channel when too many others did. */
  | `alerts:${number}:storm`
  /** A page's message in its team's channel, and what each attempt wrote to whom it called. */
  | `page:${number}:card`
  | `page:${number}:call:${number}`
  /** A backup from when it was asked for: its progress, and what became of it. */
  | `backup:${number}:card`
  /** A drill from when it was asked for: its ladder. */
  | `drill:${number}:card`;

/** What a finished incident looked like, taken from its log when it was resolved. Durations in milliseconds. */
export interface ResolutionSummary {
  readonly number: number;
  readonly title: string;
  readonly severity: Severity | null;
  readonly service: string | null;
  readonly owner: string | null;
  readonly resolvedBy: Actor;
  readonly resolution: string;
  readonly declaredAt: string;
  readonly resolvedAt: string;
  readonly timeToAcknowledge: number | null;
  readonly timeToMitigate: number | null;
  readonly timeToResolve: number;
  readonly severityMinutes: readonly { readonly severity: Severity; readonly minutes: number }[];
  readonly responders: readonly string[];
  readonly postmortemDueAt: string | null;
  readonly channel: string | null;
}

/** A run that could not be done in time, as the word after an outage names it. */
interface MissedRun {
  readonly run: number;
  readonly title: string;
  readonly dueAt: string;
}

/** A check that changed, as the lists of such name it. */
export interface ChangedCheck {
  readonly key: string;
  readonly title: string;
  readonly from: CheckStatus;
  readonly to: CheckStatus;
  readonly detail: string;
  readonly because: string | null;
}

/** What is said, as data. `blocks/` turns it into Block Kit when it is delivered. */
export type Message =
  | { type: 'incident-card'; incident: number }
  | { type: 'incident-announcement'; incident: number }
  | { type: 'incident-event'; incident: number; event: IncidentEvent; actor: Actor; occurredAt: string }
  | { type: 'update-overdue'; incident: number; dueAt: string; audience: 'owner' | 'channel'; owner: string | null }
  | { type: 'resolution-summary'; summary: ResolutionSummary }
  | { type: 'postmortem-due'; incident: number; title: string; dueAt: string; stage: 'half-time' | 'due' | 'overdue' }
  /** Asks the owner's channel, and shows the run as it is now. */
  | { type: 'run-card'; run: number }
  /** Says beforehand that it will be due, and shows the run as it is now. */
  | { type: 'run-announcement'; run: number }
  /** A line in the owner's channel about something everybody should see: `run.late`, `run.missed`, `run.failed`,
   * `run.cannot`, `run.finished`. */
  | { type: 'run-event'; run: number; title: string; event: RunEvent; actor: Actor; occurredAt: string }
  /** To the contact whose turn it is. `reason` is what the person said who cannot, or what Mainstay did came to. */
  | {
      type: 'run-escalation';
      run: number;
      title: string;
      owner: string;
      dueAt: string;
      why: EscalationReason;
      reason: string | null;
    }
  /** To the person whose snooze has ended. */
  | { type: 'run-reminder'; run: number; title: string; dueAt: string }
  /** Once for each channel after an outage: what nobody was asked for in time. `runs` are the first of `count`. */
  | { type: 'runs-missed'; owner: string; count: number; runs: readonly MissedRun[] }
  | { type: 'digest'; digest: DailyDigest }
  /** With a picture of its figures. */
  | { type: 'rollup'; rollup: Rollup }
  /** News of an error budget, to whoever answers for the promise. */
  | { type: 'budget-warning'; warning: BudgetWarning }
  /** What became of a promise of uptime, with a picture. */
  | { type: 'uptime-report'; report: UptimeReport }
  /** Tells of the checks of a group, as they are now. */
  | { type: 'checks-failing'; group: number }
  /** To a channel that watches, and to owners whose checks cannot be asked. `checks` are the first of `count`. */
  | { type: 'checks-changed' | 'checks-unclear'; count: number; checks: readonly ChangedCheck[] }
  /** The answers to one `/health`, as far as they are in. */
  | { type: 'health-screen'; screen: number }
  /** For those who work in it: the window as it is now, with its buttons. */
  | { type: 'window-card'; window: number }
  /** For everybody else who is affected: the window as it is now. */
  | { type: 'window-announcement'; window: number }
  /** A line about something that everybody affected should see. */
  | { type: 'window-event'; window: number; event: WindowEvent; actor: Actor; occurredAt: string }
  /** To those who may agree to it. */
  | { type: 'window-approval'; window: number }
  /** To whoever led it: what was done? `again` when they were asked before. */
  | { type: 'window-report-asked'; window: number; again: boolean }
  /** A group of alerts as it is now. */
  | { type: 'alert-card'; alert: number }
  /** All groups that share this message, as they are now. */
  | { type: 'alert-storm'; storm: number }
  /** A page as it is now, for the team. */
  | { type: 'page-card'; page: number }
  /** To whoever is called by it, with the button. `attempt` is which of its attempts this is. */
  | { type: 'page-call'; page: number; attempt: number }
  /** This attempt could not reach whom it was for. */
  | { type: 'page-not-reached'; page: number; attempt: number }
  /** Everybody was called and nobody has acknowledged. */
  | { type: 'page-unanswered'; page: number }
  /** A backup as it is now, and how far it is. */
  | { type: 'backup-card'; backup: number }
  /** A drill as it is now. */
  | { type: 'drill-card'; drill: number }
  /** In its backup's channel: the backup was not proven. */
  | { type: 'drill-report'; drill: number }
  /** In its owner's channel: it was not made. */
  | { type: 'backup-failed'; backup: number; title: string; reason: string }
  /** In its owner's channel: it could not be copied for some while; and that it could after all. */
  | { type: 'backup-not-copied'; backup: number; storage: string; reason: string }
  | { type: 'backup-copied'; backup: number; storage: string }
  /** In their owner's channel: copies of them were read, and of these something else is wrong than was before. */
  | { type: 'backups-unsound'; key: string; title: string; findings: readonly ({ backup: number } & CopyFinding)[] }
  /** In its owner's channel: nothing is deleted, since the clock is not believed. */
  | { type: 'backups-kept'; key: string; title: string; reason: PauseReason }
  /** In its owner's channel: these have had their time; somebody is to agree that they go, and others after them. */
  | {
      type: 'backups-to-delete';
      key: string;
      title: string;
      terms: RetentionTerms;
      expire: readonly number[];
      bytes: number;
    }
  /** A line in the group's channel: it fires again, or still fires when its mute is over. */
  | { type: 'alert-fires'; alert: number; title: string; firing: number; why: 'again' | 'unmuted' }
  /** In the incident's channel: alerts of it fire again. `open` unless it was resolved meanwhile. */
  | { type: 'alerts-again'; incident: number; names: string; firing: number; open: boolean }
  /** In the incident's channel: none of its alerts fires any more. */
  | { type: 'alerts-clear'; incident: number; groups: number }
  | { type: 'undeliverable'; what: string; where: string; reason: string; reference: string }
  /** What became of a check in its last days, with a picture. */
  | { type: 'check-history'; history: CheckHistory }
  /** To the operators: a part of Mainstay itself has not been well for long, or is again. */
  | { type: 'own-health'; event: OwnEvent }
  | { type: 'anchor'; root: string; heads: number; at: string };

/**
 * One promise to Slack, written in the transaction that caused it.
 * `post` is said once, in order within its lane; `render` shows the latest state and never an older one over a newer.
 */
export type Delivery =
  /** Creates the incident's channel and everything in it: topic, bookmarks, invitations, the pinned card. */
  | { kind: 'open-channel'; incident: number }
  /** `keep` remembers where the message went, so that `render` can edit it. */
  | { kind: 'post'; to: Destination; message: Message; keep?: MessageKey }
  /** `anew`: also when it shows the latest state already, because the spec says other words for it now. */
  | { kind: 'render'; key: MessageKey; anew?: true }
  | { kind: 'topic'; incident: number }
  /** `users` are ids of Slack users and of Slack user groups (`S...`); groups are expanded when it is delivered. */
  | { kind: 'invite'; incident: number; users: readonly string[] }
  | { kind: 'react'; channel: string; ts: string; name: string }
  /** Takes our own reaction back. */
  | { kind: 'unreact'; channel: string; ts: string; name: string };

/** Deliveries of one lane happen one after the other, in the order they were promised; lanes do not wait for each other. */
export function laneOf(delivery: Delivery): string {
  switch (delivery.kind) {
    case 'open-channel':
    case 'topic':
    case 'invite':
      return `incident:${delivery.incident}`;
    case 'render':
      return `render:${delivery.key}`;
    case 'react':
    case 'unreact':
      return `channel:${delivery.channel}`;
    case 'post':
      return destinationLane(delivery.to);
  }
}

function destinationLane(to: Destination): string {
  switch (to.to) {
    case 'channel':
      return `channel:${to.channel}`;
    case 'incident':
      return `incident:${to.number}`;
    case 'user':
      return `user:${to.user}`;
  }
}
