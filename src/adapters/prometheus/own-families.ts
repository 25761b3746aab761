import { OWN_PARTS, type OwnPart, queueLagMs } from '../../domain/own/judge.ts';
import { shortHash } from '../../domain/spec/in-force.ts';
import type { OwnReport } from '../../usecases/own-port.ts';
import type { Family, Sample } from './exposition.ts';

const LEVEL: Record<Exclude<OwnPart['status'], 'unknown'>, number> = { ok: 0, degraded: 1, failing: 2 };

/** How this instance is. What the database would say is missing while it is away. */
export function ownFamilies({ facts, health }: OwnReport): Family[] {
  const { slack, database, disks, spec } = facts;
  const status = new Map(health.parts.map((part) => [part.name, part.status]));
  return [
    gauge(
      'mainstay_health_status',
      'Health of each part of this instance: 0 ok, 1 degraded, 2 failing.',
      OWN_PARTS.flatMap((part) => {
        const found = status.get(part);
        return found === undefined || found === 'unknown' ? [] : [{ labels: { part }, value: LEVEL[found] }];
      }),
    ),
    gauge('mainstay_spec_info', 'The operations spec that runs here; always 1.', [
      { labels: { name: spec.name, hash: shortHash(spec.hash) }, value: 1 },
    ]),
    gauge('mainstay_slack_connected', 'Whether Slack can reach this instance: 1 or 0.', [
      { value: slack.state === 'connected' || slack.state === 'listening' ? 1 : 0 },
    ]),
    gauge(
      'mainstay_slack_last_event_age_seconds',
      'Since anything last came in from Slack.',
      seconds(slack.lastEventAgeMs),
    ),
    gauge('mainstay_clock_ahead_seconds', 'How far the clock of another is ahead of this one.', [
      ...seconds(database?.aheadMs ?? null, { of: 'database' }),
      ...seconds(facts.slackAheadMs, { of: 'slack' }),
    ]),
    gauge(
      'mainstay_disk_free_bytes',
      'Room on the disks Mainstay writes to.',
      disks.map(({ place, freeBytes }) => ({ labels: { place }, value: freeBytes })),
    ),
    gauge(
      'mainstay_disk_size_bytes',
      'Size of the disks Mainstay writes to.',
      disks.map(({ place, totalBytes }) => ({ labels: { place }, value: totalBytes })),
    ),
    gauge('mainstay_tick_age_seconds', 'Since this instance last looked at what is due.', seconds(facts.sinceTickMs)),
    gauge(
      'mainstay_database_answer_seconds',
      'How long the database took to answer.',
      seconds(database?.answerMs ?? null),
    ),
    gauge(
      'mainstay_deliveries',
      'What is to be said in Slack, and what could not be said.',
      database === null
        ? []
        : [
            { labels: { status: 'pending' }, value: database.deliveries.pending },
            { labels: { status: 'undeliverable' }, value: database.deliveries.undeliverable },
          ],
    ),
    gauge(
      'mainstay_delivery_oldest_seconds',
      'For how long the oldest pending delivery waits.',
      seconds(database === null ? null : (database.deliveries.oldestMs ?? 0)),
    ),
    gauge(
      'mainstay_jobs_due',
      'Jobs that could begin now and were not begun.',
      (database?.jobs ?? []).map(({ queue, count }) => ({ labels: { queue }, value: count })),
    ),
    gauge(
      'mainstay_queue_lag_seconds',
      'For how long the oldest job or delivery waits that could be done now.',
      seconds(database === null ? null : queueLagMs(database)),
    ),
    gauge(
      'mainstay_instances',
      'Instances that were alive a moment ago.',
      database === null ? [] : [{ value: database.instances.alive }],
    ),
    gauge(
      'mainstay_instances_behind',
      'Instances that cannot run the operations spec in force.',
      database === null ? [] : [{ value: database.instances.behind }],
    ),
  ];
}

function gauge(name: string, help: string, samples: readonly Sample[]): Family {
  return { name, help, type: 'gauge', samples };
}

function seconds(ms: number | null, labels?: Readonly<Record<string, string>>): Sample[] {
  return ms === null ? [] : [{ ...(labels && { labels }), value: ms / 1000 }];
}
