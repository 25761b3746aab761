import { incidentSubject } from '../event.ts';
import type { DigestFacts } from './facts.ts';
import { counted, type DigestLine, type DigestSection, LINE } from './section.ts';

/** Post-mortems that are owed, the longest overdue first. */
export function postmortemsSection({ incidents, now }: DigestFacts): DigestSection {
  const lines = incidents.owed.flatMap((incident): DigestLine[] => {
    const { number, title, postmortemDueAt, owner, channel } = incident;
    if (postmortemDueAt === null) return [];
    const isOverdue = Date.parse(postmortemDueAt) <= now.getTime();
    return [
      {
        ...LINE,
        mark: isOverdue ? 'late' : 'owed',
        subject: incidentSubject(number),
        title,
        said: isOverdue ? 'post-mortem overdue, due' : 'post-mortem due',
        at: postmortemDueAt,
        who: owner,
        channel: channel?.id ?? null,
      },
    ];
  });
  lines.sort((a, b) => Date.parse(a.at ?? '') - Date.parse(b.at ?? ''));
  return {
    name: 'postmortems',
    title: 'Post-mortems',
    sum: counted(lines.length, 'post-mortem owed', 'post-mortems owed'),
    lines,
    left: 0,
    more: '/incident list all',
    green: lines.length === 0 ? 'no post-mortem owed' : null,
  };
}
