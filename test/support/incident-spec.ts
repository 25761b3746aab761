import { PERMISSION_VERBS } from '../../src/domain/permissions.ts';
import type { OperationsSpec } from '../../src/domain/spec/types.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const alice = 'U0ALICE';
export const bob = 'U0BOB';
export const charlie = 'U0CHARLIE';

/** Saturday; Paris is on UTC+1 and New York on UTC-5. */
export const now = new Date('2026-11-21T14:00:00.000Z');

export function minutesLater(minutes: number, from: Date = now): Date {
  return new Date(from.getTime() + minutes * MINUTE);
}

/** A spec in which every rule of an incident differs from its neighbours, so that a wrong look-up shows. */
export const incidentSpec: OperationsSpec = {
  name: 'Acme operations',
  timezone: 'Europe/Paris',
  teams: {
    platform: { name: 'Platform', members: ['alice', bob], group: 'S0PLATFORM', escalation: [], managers: false },
    managers: { name: 'Managers', members: [charlie], escalation: [], managers: true },
  },
  contacts: {
    alice: { name: 'Alice', slack: alice },
    bob: { name: 'Bob', slack: bob },
    vendor: { name: 'Vendor hotline' },
  },
  services: { checkout: { name: 'Checkout', team: 'platform', runbook: 'https://example.com/runbook' } },
  severities: {
    SEV1: severity(
      'Production outage',
      15 * MINUTE,
      15 * MINUTE,
      ['platform', 'managers'],
      ['outages', 'incidents'],
      48,
    ),
    SEV2: severity('Degraded performance', 30 * MINUTE, 30 * MINUTE, ['platform', 'vendor'], ['incidents'], 120),
    SEV3: severity('Minor issue', 4 * HOUR, 4 * HOUR, [charlie], [], null),
    SEV4: severity('Cosmetic issue', 48 * HOUR, null, [], [], null),
  },
  incident: {
    channelPrefix: 'inc',
    announceChannel: 'incidents',
    managersChannel: 'managers',
    operatorsChannel: 'ops',
    kinds: ['System outage', 'Degraded performance'],
  },
  permissions: Object.fromEntries(PERMISSION_VERBS.map((verb) => [verb, 'everyone'])) as OperationsSpec['permissions'],
  targets: {},
  duties: [],
  holidays: [],
  freezes: [],
  digest: {},
  windows: [],
  checks: [],
  metrics: {},
  thresholds: [],
  alerts: { rules: [] },
  slo: [],
  backups: [],
  documents: {},
};

function severity(
  meaning: string,
  responseTime: number,
  updateEvery: number | null,
  invite: string[],
  announce: string[],
  postmortemHours: number | null,
): OperationsSpec['severities']['SEV1'] {
  const postmortem = postmortemHours === null ? null : { due: postmortemHours * HOUR };
  return { meaning, responseTime, updateEvery, invite, announce, page: false, postmortem };
}
