import type { ErasureEvent } from '../event.ts';
import type { Matcher } from '../window/silence.ts';
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
  /** Somebody wants it silenced in these Alertmanagers (the targets' keys). `name` is whom they are told. */
  | {
      kind: 'alerts.silence_asked';
      until: string;
      comment: string;
      name: string;
      matchers: readonly Matcher[];
      targets: readonly string[];
    }
  /** It is, in one of them, until then; `id` is Alertmanager's. */
  | { kind: 'alerts.silenced'; target: string; id: string; until: string }
  | { kind: 'alerts.not_silenced'; target: string; problem: string }
  /** Nothing of it is silenced there any more, or is to be. */
  | { kind: 'alerts.unsilenced'; target: string }
  /** It is to end before its time; `why` is `elsewhere` when somebody ended it in Alertmanager. */
  | { kind: 'alerts.silence_ended'; why: 'asked' | 'elsewhere' }
  /** It belongs to an incident from now on: one that was open for its service, or one declared for it. */
  | { kind: 'alerts.attached'; incident: number; declared: boolean }
  | { kind: 'permission.refused'; verb: string; reason: string }
  | ErasureEvent;
