import { availabilityOf, knownShare } from '../../domain/uptime/account.ts';
import type { UptimeGlance } from '../../domain/uptime/report.ts';
import type { Family, Sample } from './exposition.ts';

/** What became of the promises of uptime, in the period each is for; keys of the spec are the only labels. Nothing where nothing is known. */
export function uptimeFamilies(glances: readonly UptimeGlance[]): Family[] {
  const gauge = (name: string, help: string, samples: (glance: UptimeGlance) => readonly Sample[]): Family => ({
    ...{ name: `mainstay_slo_${name}`, help, type: 'gauge' },
    samples: glances.flatMap(samples),
  });
  const one = (glance: UptimeGlance, value: number | null): Sample[] =>
    value === null ? [] : [{ labels: { slo: glance.slo }, value }];
  return [
    gauge(
      'availability_ratio',
      'Share of the known time of the current period in which the service was up.',
      (glance) => one(glance, availabilityOf(glance.times)),
    ),
    gauge('known_ratio', 'Share of the time that counts of which anything is known.', (glance) =>
      one(glance, knownShare(glance.times)),
    ),
    gauge('error_budget_seconds', 'Downtime that the promise leaves for the current period.', (glance) =>
      glance.budgets.map(({ objective, total }) => ({ labels: { slo: glance.slo, objective }, value: total / 1000 })),
    ),
    gauge('error_budget_left_seconds', 'What is left of it; less than nothing when the promise is broken.', (glance) =>
      glance.budgets.map(({ objective, left }) => ({ labels: { slo: glance.slo, objective }, value: left / 1000 })),
    ),
  ];
}
