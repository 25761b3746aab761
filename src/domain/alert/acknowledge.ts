import { alertSubject } from '../event.ts';
import { done, refused } from '../outcome.ts';
import { type AlertSituation, alertEventNow } from './decision.ts';
import type { AlertGroup } from './group.ts';
import { type AlertDecided, clearRefusal } from './refusals.ts';

/** Somebody has seen it and looks at it; until it fires again after it was clear. */
export function decideAcknowledge(group: AlertGroup, situation: AlertSituation): AlertDecided {
  const refusal = clearRefusal(group);
  if (refusal !== null) return refusal;
  if (group.acknowledged !== null) {
    const { by } = group.acknowledged;
    const who = by.kind === 'slack' ? `<@${by.user}>` : 'somebody';
    return refused('already-acknowledged', `${alertSubject(group.number)} was acknowledged by ${who} already.`);
  }
  return done({ events: [alertEventNow(situation, { kind: 'alerts.acknowledged' })], deliveries: [] });
}
