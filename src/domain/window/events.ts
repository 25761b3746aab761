import type { ErasureEvent } from '../event.ts';
import type { Milliseconds } from '../spec/duration.ts';
import type { PermissionRule } from '../spec/types.ts';
import type { Aftermath, Quiet } from './quiet.ts';

/** Another window, or a recurring one of the spec that is none yet, in which something of the same service is worked on. */
export interface Overlap {
  /** Null for one that is still to come of the spec. */
  readonly window: number | null;
  readonly title: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

/** Who must agree: one rule, or several that must all let in whoever does. */
export type WindowApprovers = PermissionRule | { readonly all: readonly PermissionRule[] };

/**
 * What is planned, as the spec had it then: a spec that changes later changes no window. Instants are ISO strings in UTC,
 * lengths of time milliseconds.
 */
export interface WindowTerms {
  /** Key of the spec's window it is one of; null for one of its own. */
  readonly window: string | null;
  /** Which occurrence (`Occurrence.key`): with `window` it is one window, ever. Null for what a person planned. */
  readonly occurrence: string | null;
  readonly title: string;
  readonly reason: string;
  readonly risk: string;
  readonly rollback: string;
  readonly checklist: readonly string[];
  /** Slack user id of who leads it; null until somebody begins or extends one that recurs. */
  readonly lead: string | null;
  /** Key of the team that answers for it; null when the spec names none. */
  readonly owner: string | null;
  /** The owner's channel, where its card is: a name without "#", or an id. */
  readonly channel: string;
  /** Keys of services. */
  readonly services: readonly string[];
  /** Labels of the alerts it explains. */
  readonly labels: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
  /** The channels of the others who are affected. */
  readonly announceIn: readonly string[];
  /** How long before the start people are told, the longest first. */
  readonly announceBefore: readonly Milliseconds[];
  /** How long before the end they are told; null for not at all. */
  readonly endingBefore: Milliseconds | null;
  /** Who must agree before it begins; null where nobody need. */
  readonly approvers: WindowApprovers | null;
  /** How long such work usually takes; null where the spec does not say. */
  readonly typical: Milliseconds | null;
  /** Why people are told later than the spec wants; empty when they are told in time. */
  readonly shortNotice: string;
  readonly overlaps: readonly Overlap[];
  /** As the spec writes them: "004:L428". */
  readonly clauses: readonly string[];
}

/** What its owner says afterwards. */
export interface WindowReport {
  readonly done: string;
  /** Which documents change. */
  readonly documents: string;
  /** What was learned. */
  readonly learned: string;
  /** Positions in the checklist that were done, from 0, ascending. */
  readonly ticked: readonly number[];
}

/** Everything that can happen to a maintenance window. The subject is its chain `WIN-n`. */
export type WindowEvent =
  | { kind: 'window.planned'; number: number; terms: WindowTerms }
  | { kind: 'window.approved' }
  /** It should have begun and nobody has agreed yet; its channel was told. */
  | { kind: 'window.unapproved' }
  /** People were told `before` its start; `overtaken` are earlier words that an outage or a late plan made pointless. */
  | { kind: 'window.announced'; before: Milliseconds; overtaken: readonly Milliseconds[] }
  /** `lead` is who leads it from now on; null when Mainstay began it because its time had come. */
  | { kind: 'window.started'; lead: string | null }
  /** `overlaps`: with what else it is now under way. */
  | {
      kind: 'window.extended';
      from: string;
      to: string;
      reason: string;
      lead: string | null;
      overlaps?: readonly Overlap[];
    }
  | { kind: 'window.ending' }
  /** Its time is over and nobody has ended it; said again from time to time. */
  | { kind: 'window.overran' }
  /** Alerts of it are silenced in an Alertmanager until then; `id` is Alertmanager's. */
  | { kind: 'window.silenced'; target: string; id: string; until: string }
  | { kind: 'window.not_silenced'; target: string; problem: string }
  | { kind: 'window.unsilenced'; target: string }
  /** All that failed within it so far, of which nobody was told. */
  | ({ kind: 'window.kept_quiet' } & Quiet)
  /** It is over, and what it kept quiet was looked at again. */
  | ({ kind: 'window.looked_again' } & Aftermath)
  /** `overrun`: how long after its planned end. */
  | { kind: 'window.ended'; overrun: Milliseconds }
  /** `lapsed`: its time passed before anybody agreed. */
  | { kind: 'window.cancelled'; reason: string; lapsed: boolean }
  | ({ kind: 'window.reported' } & WindowReport)
  /** Nobody has said what was done, and they were reminded. */
  | { kind: 'window.reminded' }
  | { kind: 'permission.refused'; verb: string; reason: string }
  | ErasureEvent;
