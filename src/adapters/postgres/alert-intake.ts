import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { AlertNotification } from '../../domain/alert/notification.ts';
import { type AlertIntake, Overloaded } from '../../usecases/alert-port.ts';
import { DatabaseUnavailable } from '../../usecases/errors.ts';
import { jsonText } from './canonical.ts';
import { isConflict, reaching, surfaced } from './faults.ts';
import { rowsOf } from './session.ts';

/** Alerts that may wait at once: some seconds of work, and some tens of megabytes. */
const MOST_WAITING = 20_000;
/** Alerts of one statement; more wait for the next one. */
const MOST_TOGETHER = 2_000;
/** Characters of what is looked up by: a row of an index holds 2,700 bytes. */
const LONGEST = 400;
/** Losing against another writer this often in a row is no coincidence. */
const ATTEMPTS = 5;

/** Within this time of its end a word that an alert fires is an old one that comes late; after it, the alert fires on. */
const LATE = `interval '30 seconds'`;
const COMES_LATE = `("Alert".status = 'resolved' and excluded.status = 'firing'
                       and excluded."lastSeenAt" <= "Alert"."lastSeenAt" + ${LATE})`;

// Of what turns out to be one alert - an instant can be written in several ways - resolved wins.
const STORE = `
  with placed as (
    select source, fingerprint, status, "group", "endsAt", labels, annotations, url, at,
           coalesce("startsAt", (select max(firing."startsAt") from "Alert" as firing
                                  where firing.source = x.source and firing.fingerprint = x.fingerprint
                                    and firing.status = 'firing'), at) as "startsAt"
      from unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::timestamptz[],
                         $7::text[], $8::text[], $9::text[], $10::timestamptz[])
      as x(source, fingerprint, "startsAt", "group", status, "endsAt", labels, annotations, url, at)
  ), told as materialized (
    select distinct on (source, fingerprint, "startsAt") * from placed
     order by source, fingerprint, "startsAt", status desc, at desc
  ), changed as (
    -- An alert belongs to the group it was first told of in, whatever its source calls the group now.
    select distinct on (told.source, coalesce(known."group", told."group"))
           told.source, told."group" as "toldIn", coalesce(known."group", told."group") as "group"
      from told left join "Alert" as known using (source, fingerprint, "startsAt")
     where known.source is null or (known.status = 'firing' and told.status = 'resolved')
        or (known.status = 'resolved' and told.status = 'firing' and told.at > known."lastSeenAt" + ${LATE})
  ), stored as (
    insert into "Alert" (source, fingerprint, "startsAt", "group", status, "endsAt", labels, annotations, url,
                         "firstSeenAt", "lastSeenAt", told)
    select source, fingerprint, "startsAt", "group", status, "endsAt", labels::jsonb, annotations::jsonb, url, at, at, 1
      from told order by source, fingerprint, "startsAt"
    on conflict (source, fingerprint, "startsAt") do update set
      "lastSeenAt" = case when ${COMES_LATE} then "Alert"."lastSeenAt" else excluded."lastSeenAt" end,
      status = case when ${COMES_LATE} then 'resolved' else excluded.status end,
      "endsAt" = case when ${COMES_LATE} or excluded.status = 'resolved'
                      then coalesce("Alert"."endsAt", excluded."endsAt") end,
      told = "Alert".told + 1
  )
  insert into "AlertInbox" (source, "group", "commonLabels", "commonAnnotations", "externalUrl", truncated, since)
  select x.source, changed."group", labels::jsonb, annotations::jsonb, url, truncated, at
    from unnest($11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::int[], $17::timestamptz[])
      as x(source, "group", labels, annotations, url, truncated, at)
    join changed on changed.source = x.source and changed."toldIn" = x."group" order by x.source, changed."group"
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
  readonly notification: AlertNotification;
  readonly at: Date;
  readonly stored: () => void;
  readonly failed: (reason: unknown) => void;
}

/**
 * Keeps alerts in PostgreSQL. Whatever comes in while a statement runs goes into the next one together, so that a burst of
 * single alerts costs a few commits and not one each; whoever comes alone waits for nobody.
 *
 * @param most so many alerts may wait at once
 */
export function createAlertIntake(pool: Pool, most = MOST_WAITING): AlertIntake {
  let waiting: Waiting[] = [];
  let count = 0;
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
      await rowsOf(pool, STORE, parameters(batch));
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
    expire: async (before) => (await reaching(() => rowsOf<{ n: number }>(pool, EXPIRE, [before])))[0]?.n ?? 0,
    take: (notification, at) => {
      if (count > 0 && count + notification.alerts.length > most) return Promise.reject(new Overloaded());
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
      searchable(group),
      jsonText(commonLabels),
      jsonText(commonAnnotations),
      storable(externalUrl),
      truncated,
      at,
    ]);
    for (const alert of notification.alerts) {
      const { fingerprint, startsAt, status, endsAt, labels, annotations, url } = alert;
      const key = `${source} ${fingerprint} ${startsAt}`;
      if (startsAt !== null && alerts.get(key)?.[4] === 'resolved') continue;
      alerts.set(key, [
        source,
        searchable(fingerprint),
        startsAt,
        searchable(group),
        status,
        endsAt,
        jsonText(labels),
        jsonText(annotations),
        storable(url),
        at,
      ]);
    }
  }
  return [...columns([...alerts.values()], 10), ...columns([...groups.values()], 7)];
}

/** PostgreSQL's text cannot hold U+0000. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '\ufffd');
}

/** What is longer than an index holds is known by its beginning and its digest. */
function searchable(text: string): string {
  if (text.length <= LONGEST) return storable(text);
  return `${storable(text.slice(0, 100))} ${createHash('sha256').update(text).digest('hex')}`;
}

function columns(rows: readonly unknown[][], width: number): unknown[][] {
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column]));
}
