import type { AlertGroup } from '../src/domain/alert/group.ts';
import type { Message } from '../src/domain/delivery.ts';
import { alertLine, alertName } from './alert-words.ts';
import { context, type Rendered, section } from './elements.ts';
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
      ...(left > 0 ? [context(`and ${left} more groups, which are not shown one by one`)] : []),
    ],
  };
}

/** A line in the group's channel: its card says clear, and is not true any more. */
export function alertRecurred({ alert, title, firing }: Extract<Message, { type: 'alert-recurred' }>): Rendered {
  const line = `:rotating_light: ${alertName({ number: alert, title })} fires again: ${firing} firing`;
  return { text: line, blocks: [section(line)] };
}
