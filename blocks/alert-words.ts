import type { AlertGroup, GroupSilence } from '../src/domain/alert/group.ts';
import type { AlertSource } from '../src/domain/alert/notification.ts';
import { durationWords } from '../src/domain/text/duration-words.ts';
import { bold, mrkdwnLine } from './escape.ts';
import { actorName, SEVERITY_EMOJI, when } from './words.ts';

export const SOURCE_NAME: Record<AlertSource, string> = {
  alertmanager: 'Alertmanager',
  grafana: 'Grafana',
  generic: 'a program',
};

/** The colour of a group: its severity while something fires, a tick once all is clear. */
export function alertEmoji({ status, severity, acknowledged }: AlertGroup): string {
  if (status === 'resolved') return ':white_check_mark:';
  if (severity !== null) return SEVERITY_EMOJI[severity];
  return acknowledged === null ? ':rotating_light:' : ':eyes:';
}

/** `ALERT-3 HighErrorRate`, in bold. */
export function alertName({ number, title }: Pick<AlertGroup, 'number' | 'title'>): string {
  return `*ALERT-${number}* ${bold(title, 200)}`;
}

/** How many fire and since when, or that all is clear. */
export function alertState(group: AlertGroup): string {
  const { resolvedAt, startedAt, firing, resolved } = group;
  if (resolvedAt !== null) {
    return `clear since ${when(resolvedAt)}, after ${durationWords(Date.parse(resolvedAt) - Date.parse(startedAt))}`;
  }
  const ended = resolved === 0 ? '' : `, ${resolved} resolved`;
  return `${firing} firing${ended}, since ${when(startedAt)}`;
}

/** Who has seen it, who muted it until when, and how it is known to have ended; empty when there is nothing to say. */
export function alertMarks({ acknowledged, muted, status, silence = null, unseen = 0 }: AlertGroup): string[] {
  const which = unseen === 1 ? 'One alert has ended' : `${unseen} alerts have ended`;
  return [
    ...(unseen === 0
      ? []
      : [`:mag: ${which} while silenced: Alertmanager has ${unseen === 1 ? 'it' : 'them'} no more`]),
    ...(acknowledged === null || status === 'resolved'
      ? []
      : [`:eyes: acknowledged by ${actorName(acknowledged.by)} ${when(acknowledged.at)}`]),
    ...(silence === null ? [] : silenceMarks(silence)),
    ...(muted === null
      ? []
      : [`:no_bell: muted until ${when(muted.until)} by ${actorName(muted.by)}: ${mrkdwnLine(muted.reason, 200)}`]),
  ];
}

/** Until when it is silenced and by whom, and where it is not as it should be. */
function silenceMarks({ by, until, comment, ended, targets }: GroupSilence): string[] {
  const all = Object.entries(targets);
  const problems = all.flatMap(([target, { problem }]) =>
    problem === null ? [] : [`${mrkdwnLine(target, 80)}: ${mrkdwnLine(problem, 200)}`],
  );
  const known = all.flatMap(([, there]) => there.until ?? []);
  const words = `by ${actorName(by)}: ${mrkdwnLine(comment, 200)}`;
  const state =
    ended !== null
      ? `:bell: the silence was ended by ${actorName(ended.by)} ${when(ended.at)}`
      : known.length === 0
        ? `:hourglass_flowing_sand: to be silenced in Alertmanager until ${when(until)} ${words}`
        : `:no_bell: silenced in Alertmanager until ${when(known.reduce((a, b) => (a > b ? a : b)))} ${words}`;
  const what = ended === null ? 'Not silenced' : 'Not ended';
  const tried = `:warning: ${what} as it should be in ${problems.join('; ')}. It is tried again each minute.`;
  return [state, ...(problems.length === 0 ? [] : [tried])];
}

/** One line of a list. */
export function alertLine(group: AlertGroup): string {
  const incident = group.incident === null ? '' : `  ·  INC-${group.incident}`;
  const muted = group.muted === null && group.silence == null ? '' : '  ·  :no_bell:';
  return `${alertEmoji(group)} ${alertName(group)}  ·  ${alertState(group)}${incident}${muted}`;
}
