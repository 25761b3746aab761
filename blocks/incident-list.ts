import type { KnownBlock } from '@slack/types';
import type { Incident } from '../src/domain/incident/state.ts';
import { context, type Rendered, section } from './elements.ts';
import { mrkdwnLine } from './escape.ts';
import { incidentEmoji, STATUS_WORD, userName } from './words.ts';

/** As many as fit one screen. */
const MOST = 20;

/** Incidents, a line each. */
export function incidentList(incidents: readonly Incident[], which: 'open' | 'all'): Rendered {
  if (incidents.length === 0) {
    const text =
      which === 'open'
        ? 'Nobody is working on an incident. `/incident list all` shows those that are over.'
        : 'There has been no incident yet. `/incident declare` is how one begins.';
    return { text, blocks: [section(text)] };
  }
  const shown = incidents.slice(0, MOST).map(incidentLine);
  const rest = incidents.length - shown.length;
  const blocks: KnownBlock[] = [section(shown.slice(0, MOST / 2).join('\n'))];
  if (shown.length > MOST / 2) blocks.push(section(shown.slice(MOST / 2).join('\n')));
  if (rest > 0) blocks.push(context(`and ${rest} older`));
  const count = incidents.length === 1 ? '1 incident' : `${incidents.length} incidents`;
  return { text: which === 'open' ? `${count} open` : count, blocks };
}

/** Severity, number, title, state, owner and channel of one incident, in one line. */
export function incidentLine(incident: Incident): string {
  const { number, title, status, owner, channel } = incident;
  const parts = [`${incidentEmoji(incident)} *INC-${number}* ${mrkdwnLine(title, 120)}`, STATUS_WORD[status]];
  if (owner !== null) parts.push(userName(owner));
  if (channel !== null) parts.push(`<#${channel.id}>`);
  return parts.join('  ·  ');
}
