import type { ErasureEvent } from '../event.ts';
import type { AlertCount, AlertTerms } from './group.ts';

/** Everything that can happen to a group of alerts. The subject is its chain `ALERT-n`. Repeats are no events. */
export type AlertEvent =
  | { kind: 'alerts.began'; number: number; terms: AlertTerms; count: AlertCount; storm: number | null }
  /** Some began or ended, and some still fire. */
  | { kind: 'alerts.changed'; count: AlertCount }
  /** None fires any more. */
  | { kind: 'alerts.cleared'; count: AlertCount }
  /** Some fire again soon after all had ended. */
  | { kind: 'alerts.recurred'; count: AlertCount }
  | { kind: 'alerts.acknowledged' }
  /** Nobody is told of changes before then. */
  | { kind: 'alerts.muted'; until: string; reason: string }
  | { kind: 'alerts.unmuted'; why: 'expired' | 'asked' }
  /** It belongs to an incident from now on: one that was open for its service, or one declared for it. */
  | { kind: 'alerts.attached'; incident: number; declared: boolean }
  | { kind: 'permission.refused'; verb: string; reason: string }
  | ErasureEvent;
