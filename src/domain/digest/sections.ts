import type { DigestSectionName } from '../spec/digest.ts';
import { backupsSection } from './backups.ts';
import { checksSection } from './checks.ts';
import { dutiesSection } from './duties.ts';
import type { DigestFacts } from './facts.ts';
import { incidentsSection } from './incidents.ts';
import { postmortemsSection } from './postmortems.ts';
import type { DigestSection } from './section.ts';
import { sinceYesterdaySection } from './since-yesterday.ts';
import { uptimeSection } from './uptime.ts';
import { windowsSection } from './windows.ts';

/** What makes each section; one that has no feature behind it yet is not here and does not appear. */
export const SECTIONS: Partial<Record<DigestSectionName, (facts: DigestFacts) => DigestSection | null>> = {
  checks: checksSection,
  uptime: uptimeSection,
  duties: dutiesSection,
  incidents: incidentsSection,
  windows: windowsSection,
  postmortems: postmortemsSection,
  backups: backupsSection,
  'since-yesterday': sinceYesterdaySection,
};
