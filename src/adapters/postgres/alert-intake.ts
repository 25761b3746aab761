import type { Pool } from 'pg';
import type { AlertNotification } from '../../domain/alert/notification.ts';
import { type AlertIntake, Overloaded } from '../../usecases/alert-port.ts';
import { reaching } from './faults.ts';
import { rowsOf } from './session.ts';

/** Alerts that may wait at once: some seconds of work, and some tens of megabytes. */
const MOST_WAITING = 20_000;
/** Alerts of one statement; more wait for the next one. */
const MOST_TOGETHER = 2_000;

const STORE = `
  with told as materialized (
    select source, fingerprint, status, "group", "endsAt", labels, annotations, url, at,
           coalesce("startsAt", (select max(firing."startsAt") from "Alert" as firing
                                  where firing.source = x.source and firing.fingerprint = x.fingerprint
                                    and firing.status = 'firing'), at) as "startsAt"
      from unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::timestamptz[],
                         $7::text[], $8::text[], $9::text[], $10::timestamptz[])
      as x(source, fingerprint, "startsAt", "group", status, "endsAt", labels, annotations, url, at)
  ), changed as (
    select distinct told.source, told."group"
      from told left join "Alert" as known using (source, fingerprint, "startsAt")
     where known.source is null or (known.status = 'firing' and told.status = 'resolved')
  ), stored as (
    insert into "Alert" (source, fingerprint, "startsAt", "group", status, "endsAt", labels, annotations, url,
                         "firstSeenAt", "lastSeenAt", told)
    select source, fingerprint, "startsAt", "group", status, "endsAt", labels::jsonb, annotations::jsonb, url, at, at, 1
      from told order by source, fingerprint, "startsAt"
    on conflict (source, fingerprint, "startsAt") do update set
      "lastSeenAt" = excluded."lastSeenAt", told = "Alert".told + 1,
      status = case when "Alert".status = 'resolved' then 'resolved' else excluded.status end,
      "endsAt" = coalesce("Alert"."endsAt", excluded."endsAt")
  )
  insert into "AlertInbox" (source, "group", "commonLabels", "commonAnnotations", "externalUrl", truncated, since)
  select source, "group", labels::jsonb, annotations::jsonb, url, truncated, at
    from unnest($11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::int[], $17::timestamptz[])
      as x(source, "group", labels, annotations, url, truncated, at)
    join changed using (source, "group") order by source, "group"
  on conflict (source, "group") do update set
    "commonLabels" = excluded."commonLabels", "commonAnnotations" = excluded."commonAnnotations",
    "externalUrl" = excluded."externalUrl", truncated = excluded.truncated`;

interface Waiting {
  readonly notification: AlertNotification;
  readonly at: Date;
  readonly stored: () => void;
  readonly failed: (reason: unknown) => void;
}

/**
 * Keeps alerts in PostgreSQL. Whatever comes in while a statement runs goes into the next one together, so that a burst of
 * single alerts costs a few commits and not one each; whoever comes alone waits for nobody.
 */
export function createAlertIntake(pool: Pool): AlertIntake {
  let waiting: Waiting[] = [];
  let count = 0;
  let isStoring = false;

  const storeAll = async () => {
    isStoring = true;
    while (waiting.length > 0) {
      const batch = nextBatch();
      try {
        await reaching(() => rowsOf(pool, STORE, parameters(batch)));
        for (const { stored } of batch) stored();
      } catch (reason) {
        for (const { failed } of batch) failed(reason);
      }
    }
    isStoring = false;
  };

  const nextBatch = (): Waiting[] => {
    let alerts = 0;
    let end = 0;
    for (const { notification } of waiting) {
      if (end > 0 && alerts + notification.alerts.length > MOST_TOGETHER) break;
      alerts += notification.alerts.length;
      end += 1;
    }
    const batch = waiting.slice(0, end);
    waiting = waiting.slice(end);
    count -= alerts;
    return batch;
  };

  return {
    take: (notification, at) => {
      if (count > 0 && count + notification.alerts.length > MOST_WAITING) return Promise.reject(new Overloaded());
      count += notification.alerts.length;
      return new Promise((stored, failed) => {
        waiting.push({ notification, at, stored, failed });
        if (!isStoring) void storeAll();
      });
    },
  };
}

/**
 * One column an array. What is told twice in one statement is told once: of one alert resolved wins, of groups and of what has
 * no beginning of its own the last word.
 */
function parameters(batch: readonly Waiting[]): unknown[] {
  const alerts = new Map<string, unknown[]>();
  const groups = new Map<string, unknown[]>();
  for (const { notification, at } of batch) {
    const { source, group, commonLabels, commonAnnotations, externalUrl, truncated } = notification;
    groups.set(`${source} ${group}`, [
      source,
      group,
      JSON.stringify(commonLabels),
      JSON.stringify(commonAnnotations),
      externalUrl,
      truncated,
      at,
    ]);
    for (const alert of notification.alerts) {
      const { fingerprint, startsAt, status, endsAt, labels, annotations, url } = alert;
      const key = `${source} ${fingerprint} ${startsAt}`;
      if (startsAt !== null && alerts.get(key)?.[4] === 'resolved') continue;
      alerts.set(key, [
        source,
        fingerprint,
        startsAt,
        group,
        status,
        endsAt,
        JSON.stringify(labels),
        JSON.stringify(annotations),
        url,
        at,
      ]);
    }
  }
  return [...columns([...alerts.values()], 10), ...columns([...groups.values()], 7)];
}

function columns(rows: readonly unknown[][], width: number): unknown[][] {
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column]));
}
