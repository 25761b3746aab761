import { follow } from '../../src/domain/page/apply.ts';
import type { PageTerms } from '../../src/domain/page/events.ts';
import { openPage } from '../../src/domain/page/open.ts';
import type { Page } from '../../src/domain/page/page.ts';
import { pageTerms } from '../../src/domain/page/terms.ts';
import type { OperationsSpec } from '../../src/domain/spec/types.ts';
import { alice, bob, charlie, incidentSpec } from './incident-spec.ts';

export const SYSTEM = { kind: 'system', job: 'follow-pages' } as const;
/** Three in the morning. */
export const NIGHT = new Date('2026-03-02T03:00:00.000Z');

/** The platform team is woken for a SEV1: Alice, then Bob, then Charlie; each again after five minutes, the next after fifteen. */
export function pagingSpec(change: Partial<OperationsSpec['teams'][string]> = {}): OperationsSpec {
  const { platform } = incidentSpec.teams;
  if (platform === undefined) throw new Error('the spec has no platform team');
  return {
    ...incidentSpec,
    contacts: {
      alice: { name: 'Alice', slack: alice, phone: '+33 1 23 45 67 89', email: 'alice@example.com' },
      bob: { name: 'Bob', slack: bob, email: 'bob@example.com' },
      charlie: { name: 'Charlie', slack: charlie },
      vendor: { name: 'Vendor hotline' },
    },
    teams: {
      ...incidentSpec.teams,
      platform: { ...platform, channel: 'team-platform', escalation: ['alice', 'bob', 'charlie'], ...change },
    },
    severities: { ...incidentSpec.severities, SEV1: { ...incidentSpec.severities.SEV1, page: true } },
  };
}

export function aPage(spec: OperationsSpec = pagingSpec(), change: Partial<PageTerms> = {}): Page {
  const about = { subject: { of: 'manual' }, title: 'Checkout is down', detail: '', urgency: 'SEV1' } as const;
  const terms = pageTerms(spec, 'platform', about);
  if (terms === null) throw new Error('nobody of the team can be called');
  const { events } = openPage(1, { ...terms, ...change }, { actor: SYSTEM, now: NIGHT, spec });
  return follow(null, 1, events);
}
