import type { AlertGroup } from '../src/domain/alert/group.ts';
import type { Message } from '../src/domain/delivery.ts';
import { incidentSubject } from '../src/domain/event.ts';
import { alertLine, alertName } from './alert-words.ts';
import { actions, context, type Rendered, section } from './elements.ts';
import { mrkdwnLine } from './escape.ts';
import { incidentButton } from './incident-buttons.ts';
import { listedAs } from './lines.ts';

/** Groups that share a message, as they are when it is sent. */
export interface ShownStorm {
  readonly firing: number;
  readonly resolved: number;
  /** Alerts of all its groups that fire. */
  readonly alerts: number;
  readonly worst: readonly AlertGroup[];
}

/** The message of groups that began while too many others did: one screen, the worst first. */
export function alertStorm({ firing, resolved, alerts, worst }: ShownStorm): Rendered {
  const all = firing + resolved;
  const title =
    firing === 0
      ? `:white_check_mark: *All ${all} groups of alerts that began together are clear*`
      : `:ocean: *${firing} of ${all} groups of alerts fire that began together*, ${alerts} alerts in all`;
  const left = all - worst.length;
  return {
    text: title,
    blocks: [
      section(title),
      ...listedAs(worst, alertLine, worst.length, ''),
      ...(left > 0 ? [context(`and ${left} more groups: \`/ops alerts\``)] : []),
    ],
  };
}

/** A line in the group's channel, for its card may be far above. */
export function alertFires({ alert, title, firing, why }: Extract<Message, { type: 'alert-fires' }>): Rendered {
  const name = alertName({ number: alert, title });
  const line =
    why === 'again'
      ? `:rotating_light: ${name} fires again: ${firing} firing`
      : `:bell: The mute of ${name} is over, and it fires: ${firing} firing`;
  return { text: line, blocks: [section(line)] };
}

/** In the incident's channel. Whether it is open again is for people to say. */
export function alertsAgain({ incident, names, firing, open }: Extract<Message, { type: 'alerts-again' }>): Rendered {
  const after = open ? '' : ` after ${incidentSubject(incident)} was resolved`;
  const line = `:rotating_light: *Alerts fire again${after}*, ${firing} firing: ${mrkdwnLine(names, 1500)}`;
  return {
    text: line,
    blocks: [section(line), ...(open ? [] : [actions(incidentButton('incident.reopen', incident))])],
  };
}

/** In the incident's channel: proposes what Mainstay never does by itself. */
export function alertsClear({ incident, groups }: Extract<Message, { type: 'alerts-clear' }>): Rendered {
  const what =
    groups === 1
      ? 'The alerts of this incident are clear'
      : `All ${groups} groups of alerts of this incident are clear`;
  const line = `:white_check_mark: *${what}.* Is it over?`;
  return { text: line, blocks: [section(line), actions(incidentButton('incident.resolve', incident, 'primary'))] };
}
