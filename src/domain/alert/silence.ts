import { alertSubject } from '../event.ts';
import { done, refused } from '../outcome.ts';
import type { Milliseconds } from '../spec/duration.ts';
import { cleaned } from '../text/controls.ts';
import type { Matcher } from '../window/silence.ts';
import { type AlertSituation, alertEventNow } from './decision.ts';
import type { AlertGroup } from './group.ts';
import type { Labels } from './notification.ts';
import { type AlertDecided, clearRefusal } from './refusals.ts';

const DAY = 86_400_000;
/** What is silenced for longer should not be alerted of. */
const LONGEST = 30 * DAY;

/** What somebody asks for. */
export interface WantedSilence {
  readonly matchers: readonly Matcher[];
  /** The targets' keys. */
  readonly targets: readonly string[];
  readonly length: Milliseconds;
  readonly comment: string;
  /** Whom Alertmanager is told. */
  readonly name: string;
}

/**
 * What a silence of a group says: every label that all its alerts share, with their values. Where others have all of these too, also
 * that the labels are missing by which those differ. Empty when they share none: that would be all there are.
 *
 * @param others labels of alerts that the shared labels match and that are not of the group
 */
export function matchersOfAlerts(own: readonly Labels[], others: readonly Labels[]): readonly Matcher[] {
  const [first = {}, ...rest] = own;
  const shared = Object.entries(first).filter(
    ([name, value]) => value !== '' && rest.every((labels) => labels[name] === value),
  );
  if (shared.length === 0) return [];
  const ours = new Set(own.flatMap((labels) => Object.keys(labels)));
  const theirs = [...new Set(others.flatMap((labels) => Object.keys(labels)))].filter((name) => !ours.has(name));
  return [...shared, ...theirs.map((name) => [name, ''] as const)]
    .sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b))
    .map(([name, value]) => ({ name, value, isRegex: false }));
}

/** Does a silence of these, none of them a regular expression, keep an alert quiet? A label that is missing is empty. */
export function matchesAlert(matchers: readonly Matcher[], labels: Labels): boolean {
  return matchers.every(({ name, value }) => (labels[name] ?? '') === value);
}

function rank(name: string): number {
  return name === 'alertname' ? 0 : 1;
}

/** It is to be silenced in Alertmanager. That it is follows, and is on its card. */
export function decideSilence(group: AlertGroup, wanted: WantedSilence, situation: AlertSituation): AlertDecided {
  const { number, silence } = group;
  const refusal = clearRefusal(group);
  if (refusal !== null) return refusal;
  if (silence != null) {
    return refused('already-silenced', `${alertSubject(number)} is silenced already. *End silence* ends that.`);
  }
  const comment = cleaned(wanted.comment);
  if (comment === '') {
    return refused('empty-text', 'Say why it is silenced: Alertmanager shows it to everybody.', 'comment');
  }
  if (wanted.length > LONGEST) {
    return refused(
      'too-long',
      'A silence lasts 30 days at most. What nobody wants to hear of needs no alert.',
      'length',
    );
  }
  const until = new Date(situation.now.getTime() + wanted.length).toISOString();
  const { matchers, targets, name } = wanted;
  const event = alertEventNow(situation, {
    kind: 'alerts.silence_asked',
    ...{ until, comment, name, matchers, targets },
  });
  return done({ events: [event], deliveries: [] });
}

/** It is to be told of again. */
export function decideEndSilence({ number, silence }: AlertGroup, situation: AlertSituation): AlertDecided {
  if (silence == null || silence.ended !== null) {
    return refused('not-silenced', `${alertSubject(number)} is not silenced.`);
  }
  const event = alertEventNow(situation, { kind: 'alerts.silence_ended', why: 'asked' });
  return done({ events: [event], deliveries: [] });
}
