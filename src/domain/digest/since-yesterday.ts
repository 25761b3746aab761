import type { DutyRun } from '../duty/run.ts';
import { incidentSubject, runSubject } from '../event.ts';
import type { Incident } from '../incident/state.ts';
import type { DigestFacts } from './facts.ts';
import { counted, type DigestLine, type DigestSection, LINE, summed } from './section.ts';

/**
 * What ended since the digest before: duties that were missed, then incidents that are over, then how many duties were done
 * or left out. What is still open has its own section. Duties that were all done in time are only good news.
 */
export function sinceYesterdaySection({ runs, incidents, since, team }: DigestFacts): DigestSection {
  const ended = (how: string) => runs.ended.filter(({ end }) => end?.how === how);
  const done = ended('done');
  const late = done.filter(({ end }) => end?.how === 'done' && end.late);
  const unusual = [...late, ...ended('skipped'), ...ended('waived')];
  const missed = [...ended('missed').map(missedLine), ...ended('failed').map(missedLine)];
  const over = incidents.changed.flatMap((incident) => overLine(incident, since) ?? []);
  const rest = summed([
    [done.length, `done${late.length > 0 ? ` (${late.length} late)` : ''}`],
    [ended('skipped').length, 'skipped'],
    [ended('waived').length, 'waived'],
  ]);
  const tally: DigestLine[] = unusual.length > 0 ? [{ ...LINE, mark: 'done', title: `Duties: ${rest}`, said: '' }] : [];
  const lines = [...missed, ...over, ...tally];
  return {
    name: 'since-yesterday',
    title: 'Since the last digest',
    sum: summed([
      [ended('missed').length, 'missed'],
      [ended('failed').length, 'failed'],
    ]),
    lines,
    left: 0,
    more: `/maintenance history ${team}`,
    green: unusual.length === 0 && done.length > 0 ? `${counted(done.length, 'duty', 'duties')} done` : null,
  };
}

function missedLine({ number, title, dueAt, status }: DutyRun): DigestLine {
  return { ...LINE, mark: 'missed', subject: runSubject(number), title, said: `${status}, was due`, at: dueAt };
}

function overLine(incident: Incident, since: Date): DigestLine | null {
  const { number, title, owner, channel, documentedAt, resolvedAt } = incident;
  const isNews = (instant: string | null) => instant !== null && Date.parse(instant) >= since.getTime();
  const line = { ...LINE, mark: 'done' as const, subject: incidentSubject(number), title, who: owner };
  if (isNews(documentedAt)) return { ...line, said: 'post-mortem settled', at: documentedAt };
  return isNews(resolvedAt) ? { ...line, said: 'resolved', at: resolvedAt, channel: channel?.id ?? null } : null;
}
