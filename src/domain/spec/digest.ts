import type { TimeOfDay, Weekday, When } from '../duty/when.ts';

/** What a digest can tell of; each is left out while there is no feature behind it. */
export const DIGEST_SECTIONS = [
  'checks',
  'uptime',
  'duties',
  'incidents',
  'windows',
  'postmortems',
  'backups',
  'changes',
  'since-yesterday',
] as const;
export type DigestSectionName = (typeof DIGEST_SECTIONS)[number];

/** When a team is told what matters today, and what of it. */
export interface Digest {
  at: TimeOfDay;
  /** Absent: the spec's zone. */
  timezone?: string;
  /** Weekdays, holidays among them; or Monday to Friday without holidays. */
  days: Weekday[] | 'working days';
  /** In this order. */
  sections: DigestSectionName[];
  /** When the weekly, monthly or quarterly look back is posted. */
  rollups: When[];
  assumed?: string;
}
