import { alertSubject } from '../event.ts';
import { muteTerms } from '../health/mute.ts';
import { done, refused } from '../outcome.ts';
import { type AlertSituation, alertEventNow } from './decision.ts';
import type { AlertGroup } from './group.ts';
import type { AlertDecided } from './refusals.ts';

/** Nobody is told of it until then; its card stays true. A second mute takes the place of the first. */
export function decideMuteAlerts(
  input: { readonly until: Date; readonly reason: string },
  situation: AlertSituation,
): AlertDecided {
  const terms = muteTerms(input, situation.now);
  if (!terms.ok) return terms;
  return done({ events: [alertEventNow(situation, { kind: 'alerts.muted', ...terms.value })], deliveries: [] });
}

/** The mute ends. People are told that it fires, if it does. */
export function decideUnmuteAlerts(group: AlertGroup, situation: AlertSituation): AlertDecided {
  const { number, muted, status, channel, title, firing } = group;
  if (muted === null) return refused('not-muted', `${alertSubject(number)} is not muted.`);
  const why = situation.now.toISOString() >= muted.until ? 'expired' : 'asked';
  return done({
    events: [alertEventNow(situation, { kind: 'alerts.unmuted', why })],
    deliveries:
      status === 'firing'
        ? [
            {
              kind: 'post',
              to: { to: 'channel', channel },
              message: { type: 'alert-fires', alert: number, title, firing, why: 'unmuted' },
            },
          ]
        : [],
  });
}
