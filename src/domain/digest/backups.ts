import { durationWords } from '../text/duration-words.ts';
import type { DigestFacts } from './facts.ts';
import { counted, type DigestSection, LINE } from './section.ts';

/** The team's backups that failed or are too old, the worst first. Null for a team that has none made here. */
export function backupsSection({ backups }: DigestFacts): DigestSection | null {
  const made = backups.filter(({ health }) => health !== 'not-available');
  if (made.length === 0) return null;
  const bad = made.filter(({ health }) => health !== 'good');
  const good = made.length - bad.length;
  return {
    name: 'backups',
    title: 'Backups',
    sum: bad.length === 0 ? '' : `${counted(bad.length, 'backup')} not as it should be`,
    lines: bad.map(({ health, last, age, reason, title }) => ({
      ...LINE,
      mark: health === 'old' ? 'failed' : 'late',
      subject: last === null ? null : `BK-${last.number}`,
      title,
      said: `${age === null ? 'none there' : `${durationWords(age)} old`}${reason === null ? '' : `: ${reason}`}`,
    })),
    left: 0,
    more: '/backup status',
    green: bad.length === 0 ? `${counted(good, 'backup')} as it should be` : null,
  };
}
