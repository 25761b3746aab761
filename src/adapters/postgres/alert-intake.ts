import type { Pool } from 'pg';
import { type AlertIntake, Overloaded } from '../../usecases/alert-port.ts';
import { DatabaseUnavailable } from '../../usecases/errors.ts';
import { type AlertWords, alertWords, together } from './alert-words.ts';
import { isConflict, reaching, surfaced } from './faults.ts';
import { rowsOf } from './session.ts';

/** So many alerts, and characters of them. */
interface Amount {
  readonly alerts: number;
  readonly size: number;
}

const MIB = 1024 * 1024;
/** What may wait at once: some seconds of work, and a quarter of the memory that Mainstay has at rest. */
const MOST_WAITING: Amount = { alerts: 20_000, size: 64 * MIB };
/** What goes into one statement; more waits for the next one. */
const MOST_TOGETHER: Amount = { alerts: 2_000, size: 16 * MIB };
/** Losing against another writer this often in a row is no coincidence. */
const ATTEMPTS = 5;

/** Within this time of its end a word that an alert fires is an old one that comes late; after it, the alert fires on. */
const LATE = `interval '30 seconds'`;
const COMES_LATE = `("Alert".status = 'resolved' and excluded.status = 'firing'
                       and excluded."lastSeenAt" <= "Alert"."lastSeenAt" + ${LATE})`;

// Of what turns out to be one alert - an instant can be written in several ways - resolved wins. What was known of an alert is
// told by the row itself as it is written (`news`): read beforehand, by a join, it would be the whole table for each statement of a
// burst's first minute, when PostgreSQL does not know yet that there are many rows.
const STORE = `
  with notified as materialized (
    select * from json_to_recordset($1::json) as x(
      n int, source text, "group" text, labels jsonb, annotations jsonb, url text, truncated int, at timestamptz)
  ), told as materialized (
    select distinct on (source collate "C", fingerprint collate "C", "startsAt") *
      from (
        select of, source, "group", fingerprint, status, "endsAt", alert.labels, alert.annotations, alert.url, alert.at,
               coalesce("startsAt", (select max(firing."startsAt") from "Alert" as firing
                                      where firing.source = notified.source and firing.fingerprint = alert.fingerprint
                                        and firing.status = 'firing'), alert.at) as "startsAt"
          from json_to_recordset($2::json) as alert(
                 of int, fingerprint text, "startsAt" timestamptz, status text, "endsAt" timestamptz,
                 labels jsonb, annotations jsonb, url text, at timestamptz)
          join notified on n = of) as placed
     order by source collate "C", fingerprint collate "C", "startsAt", status desc, at desc
  ), stored as (
    insert into "Alert" (source, fingerprint, "startsAt", "group", status, "endsAt", labels, annotations, url,
                         "firstSeenAt", "lastSeenAt", told, news)
    select source, fingerprint, "startsAt", "group", status, "endsAt", labels, annotations, url, at, at, 1, true from told
    on conflict (source, fingerprint, "startsAt") do update set
      "lastSeenAt" = case when ${COMES_LATE} then "Alert"."lastSeenAt" else excluded."lastSeenAt" end,
      status = case when ${COMES_LATE} then 'resolved' else excluded.status end,
      "endsAt" = case when ${COMES_LATE} or excluded.status = 'resolved'
                      then coalesce("Alert"."endsAt", excluded."endsAt") end,
      told = "Alert".told + 1,
      news = "Alert".status <> excluded.status and not ${COMES_LATE}
    returning source, fingerprint, "startsAt", "group", news
  ), changed as (
    -- An alert belongs to the group it was first told of in, whatever its source calls the group now.
    select distinct on (source, stored."group") of, stored."group"
      from stored join told using (source, fingerprint, "startsAt") where news order by source, stored."group", of
  )
  insert into "AlertInbox" (source, "group", "commonLabels", "commonAnnotations", "externalUrl", truncated, since)
  select source, changed."group", labels, annotations, url, truncated, at
    from notified join changed on of = n order by source, changed."group"
  on conflict (source, "group") do update set
    "commonLabels" = excluded."commonLabels", "commonAnnotations" = excluded."commonAnnotations",
    "externalUrl" = excluded."externalUrl", truncated = excluded.truncated, revision = "AlertInbox".revision + 1`;

// One that fires while a newer beginning of it is known has ended, and nobody told of it: it must not outlive the newer one.
const EXPIRE = `
  with gone as (
    delete from "Alert" as old where "lastSeenAt" < $1 and (status = 'resolved' or exists (
      select from "Alert" as newer where newer.source = old.source and newer.fingerprint = old.fingerprint
         and newer."startsAt" > old."startsAt")) returning 1)
  select count(*)::int as n from gone`;

interface Waiting {
  readonly words: AlertWords;
  readonly stored: () => void;
  readonly failed: (reason: unknown) => void;
}

/**
 * Keeps alerts in PostgreSQL. Whatever comes in while a statement runs goes into the next one together, so that a burst of
 * single alerts costs a few commits and not one each; whoever comes alone waits for nobody.
 *
 * @param most so much may wait at once
 */
export function createAlertIntake(pool: Pool, most = MOST_WAITING): AlertIntake {
  let waiting: Waiting[] = [];
  let held: Amount = { alerts: 0, size: 0 };
  let isStoring = false;

  const storeAll = async () => {
    isStoring = true;
    while (waiting.length > 0) {
      await storeBatch(nextBatch());
    }
    isStoring = false;
  };

  const storeBatch = async (batch: readonly Waiting[], attempts = 1): Promise<void> => {
    try {
      await rowsOf(pool, STORE, together(batch.map(({ words }) => words)));
      for (const { stored } of batch) stored();
    } catch (error) {
      if (isConflict(error) && attempts < ATTEMPTS) return storeBatch(batch, attempts + 1);
      const reason = surfaced(error);
      // What the database cannot hold of one request does not lose the others.
      if (batch.length > 1 && !(reason instanceof DatabaseUnavailable)) {
        for (const one of batch) await storeBatch([one]);
        return;
      }
      for (const { failed } of batch) failed(reason);
    }
  };

  const nextBatch = (): Waiting[] => {
    let batch: Amount = { alerts: 0, size: 0 };
    let end = 0;
    for (const { words } of waiting) {
      const more = plus(batch, words);
      if (end > 0 && exceeds(more, MOST_TOGETHER)) break;
      batch = more;
      end += 1;
    }
    const next = waiting.slice(0, end);
    waiting = waiting.slice(end);
    held = { alerts: held.alerts - batch.alerts, size: held.size - batch.size };
    return next;
  };

  return {
    expire: async (before) => (await reaching(() => rowsOf<{ n: number }>(pool, EXPIRE, [before])))[0]?.n ?? 0,
    take: (notification, at) => {
      const words = alertWords(notification, at);
      const more = plus(held, words);
      if (held.alerts > 0 && exceeds(more, most)) return Promise.reject(new Overloaded());
      held = more;
      return new Promise((stored, failed) => {
        waiting.push({ words, stored, failed });
        if (!isStoring) void storeAll();
      });
    },
  };
}

function plus({ alerts, size }: Amount, words: AlertWords): Amount {
  return { alerts: alerts + words.alerts.length, size: size + words.size };
}

function exceeds({ alerts, size }: Amount, most: Amount): boolean {
  return alerts > most.alerts || size > most.size;
}
