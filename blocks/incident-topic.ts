import type { Incident } from '../src/domain/incident/state.ts';
import { mrkdwnLine } from './escape.ts';
import { STATUS_WORD, userName } from './words.ts';

/** The most Slack allows. */
const LONGEST = 250;

/** The topic of an incident's channel: what matters most first, because Slack shows only the beginning. */
export function incidentTopic({ number, severity, status, owner, title }: Incident): string {
  const id = severity === null ? `INC-${number}` : `${severity} · INC-${number}`;
  const state = [id, STATUS_WORD[status], owner === null ? 'no owner yet' : userName(owner)].join(' · ');
  return `${state} · ${mrkdwnLine(title, LONGEST - state.length - 3)}`;
}
