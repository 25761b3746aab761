import type { DailyDigest } from '../../src/domain/digest/daily.ts';
import { dailyDigest } from '../../src/domain/digest/daily.ts';
import type { DigestFacts } from '../../src/domain/digest/facts.ts';
import { DIGEST_SECTIONS, type DigestSectionName } from '../../src/domain/spec/digest.ts';
import { aDuty, specWith } from './duty-spec.ts';

/** Wednesday, 9:00 in Paris; the digest before was a day ago. Nothing has happened. */
function factsOf(facts: Partial<DigestFacts> = {}): DigestFacts {
  return {
    team: 'dba',
    spec: specWith(aDuty()),
    now: new Date('2026-03-18T08:00:00Z'),
    since: new Date('2026-03-17T08:00:00Z'),
    endOfToday: new Date('2026-03-18T23:00:00Z'),
    runs: { open: [], ended: [] },
    coming: [],
    checks: [],
    uptime: [],
    backups: [],
    windows: { open: [], unreported: [], coming: [] },
    incidents: { open: [], owed: [], changed: [] },
    ...facts,
  };
}

export function digestOf(
  facts: Partial<DigestFacts> = {},
  sections: DigestSectionName[] = [...DIGEST_SECTIONS],
): DailyDigest {
  const of = { day: '2026-03-18', dueAt: '2026-03-18T08:00:00.000Z', late: false };
  return dailyDigest(factsOf(facts), { sections }, of);
}
