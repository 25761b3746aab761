/** A spec that makes two services public, and all that the status page is made of. What nobody outside may see is `PRIVATE`. */

import { NO_PULSE } from '../../src/domain/health/pulse.ts';
import type { CheckStatus } from '../../src/domain/health/state.ts';
import { unknownCheck } from '../../src/domain/health/state.ts';
import type { CheckView } from '../../src/domain/health/view.ts';
import { decidePublicNote, type NoteDraft } from '../../src/domain/incident/publish-note.ts';
import type { OperationsSpec } from '../../src/domain/spec/types.ts';
import type { StatusFacts } from '../../src/domain/status/compose.ts';
import { aCheck } from './check-story.ts';
import { specWith } from './duty-spec.ts';
import { declare, newStory, type Story, step } from './incident-story.ts';
import { aSpecWindow } from './window-story.ts';

/** Words of the inside, each in a place of its own; none may ever be read outside. */
export const PRIVATE = {
  service: 'internal-checkout-svc',
  serviceName: 'Checkout monolith (legacy)',
  check: 'db-prod-7-canary',
  checkTitle: 'Replica db-prod-7 answers',
  host: 'db-prod-7.corp.internal',
  detail: 'FATAL: password authentication failed for user root',
  incident: 'Mallory deleted the ledger',
  description: 'See the confidential ticket SEC-42',
  channel: 'C0SECRET',
  email: 'alice@corp.internal',
  window: 'Swap the stolen disk',
  reason: 'The vendor is bankrupt',
  rollback: 'Restore from the attic tape',
  summary: 'Fired the contractor',
} as const;

export const statusSpec: OperationsSpec = {
  ...specWith(),
  timezone: 'UTC',
  contacts: { ...specWith().contacts, alice: { name: 'Alice Moreau', slack: 'U0ALICE', email: PRIVATE.email } },
  services: {
    [PRIVATE.service]: {
      name: PRIVATE.serviceName,
      team: 'platform',
      runbook: `https://${PRIVATE.host}/runbook`,
      public: { name: 'Checkout', description: 'From the basket to the order.' },
    },
    api: { name: 'API gateway', public: { name: 'API' } },
    ledger: { name: 'Ledger of the accountants' },
  },
  targets: { db: { kind: 'host', url: `${PRIVATE.host}:5432` } },
  checks: [
    aCheck({ key: PRIVATE.check, title: PRIVATE.checkTitle, target: 'db', service: PRIVATE.service, severity: 'SEV2' }),
    aCheck({ key: 'checkout-web', title: 'Shop answers', target: 'db', service: PRIVATE.service }),
    aCheck({ key: 'api-web', title: 'API answers', target: 'db', service: 'api' }),
    aCheck({ key: 'ledger-web', title: 'Ledger answers', target: 'db', service: 'ledger' }),
  ],
  windows: [
    aSpecWindow({
      key: 'disks',
      title: PRIVATE.window,
      affects: [PRIVATE.service],
      public: 'We move to faster disks.',
    }),
  ],
  status: {
    public: true,
    title: 'Acme status',
    description: 'How our services are.',
    support: 'https://acme.example/help',
  },
};

/** Checks of the spec that stand so; those not named are well. */
export function standing(statuses: Readonly<Record<string, CheckStatus>> = {}): CheckView[] {
  return statusSpec.checks.map((check) => ({
    check,
    state: { ...unknownCheck(check.key), status: statuses[check.key] ?? 'ok' },
    pulse: NO_PULSE,
    notConnected: null,
    window: null,
  }));
}

/** An incident of the checkout that nobody outside knows of yet. */
export function aSecretIncident(): Story {
  const story = newStory();
  story.spec = statusSpec;
  declare(story, {
    title: PRIVATE.incident,
    description: PRIVATE.description,
    service: PRIVATE.service,
    severity: 'SEV1',
    origin: PRIVATE.channel,
  });
  return story;
}

export const aNote: NoteDraft = {
  text: 'Some payments fail.',
  title: '',
  state: 'investigating',
  impact: 'degraded',
};

/** Publishes a note about the story's incident, so many minutes after the last step. */
export function publish(story: Story, note: Partial<NoteDraft> = {}, minutes = 0): void {
  story.now = new Date(story.now.getTime() + minutes * 60_000);
  const decided = step(story, (incident, situation) => decidePublicNote(incident, { ...aNote, ...note }, situation));
  if (!decided.ok) throw new Error(decided.refusal.message);
}

/** All is well, and nothing is planned. */
export function facts(change: Partial<StatusFacts> = {}): StatusFacts {
  return { spec: statusSpec, checks: standing(), incidents: [], windows: [], days: [], ...change };
}
