import { laneOf } from '../../domain/delivery.ts';
import {
  alertSubject,
  backupSubject,
  checkSubject,
  drillSubject,
  incidentSubject,
  pageSubject,
  runSubject,
  windowSubject,
} from '../../domain/event.ts';
import type { Write } from '../../usecases/ports.ts';
import { jsonText } from './canonical.ts';
import { type Head, seal } from './chain.ts';
import type { Session } from './session.ts';

/** A delivery that was written: its row, and the lane in whose order it is due. */
export interface PromisedDelivery {
  readonly id: bigint;
  readonly lane: string;
}

/** The request that is answered by a write, and its answer as JSON text. */
export interface Answered {
  readonly key: string;
  readonly answer: string;
}

const WRITE = `
  with event as materialized (
    select * from jsonb_to_recordset($1::jsonb) as x(
      subject text, seq int, v int, "occurredAt" timestamptz, "recordedAt" timestamptz, actor jsonb, kind text,
      digest text, "prevHash" text, hash text, salt text, body jsonb)
  ), events as (
    insert into "Event" (subject, seq, v, "occurredAt", "recordedAt", actor, kind, digest, "prevHash", hash)
    select subject, seq, v, "occurredAt", "recordedAt", actor, kind, digest, "prevHash", hash from event
  ), bodies as (
    insert into "EventBody" (subject, seq, salt, body) select subject, seq, salt, body from event
  ), heads as (
    insert into "EventHead" (subject, seq, hash)
    select subject, seq, hash
      from jsonb_to_recordset($2::jsonb) as x(subject text, seq int, hash text)
    on conflict (subject) do update set seq = excluded.seq, hash = excluded.hash
  ), incidents as (
    insert into "Incident"
      (number, version, status, severity, "channelId", "nextUpdateDueAt", "postmortemDueAt", "publishedAt", state)
    select (state->>'number')::int, (state->>'version')::int, state->>'status', state->>'severity',
           state->'channel'->>'id', (state->>'nextUpdateDueAt')::timestamptz,
           (state->>'postmortemDueAt')::timestamptz, (state->'publicNotes'->-1->>'at')::timestamptz, state
      from jsonb_array_elements($3::jsonb) as state
    on conflict (number) do update set
      version = excluded.version, status = excluded.status, severity = excluded.severity,
      "channelId" = excluded."channelId", "nextUpdateDueAt" = excluded."nextUpdateDueAt",
      "postmortemDueAt" = excluded."postmortemDueAt", "publishedAt" = excluded."publishedAt", state = excluded.state
  ), runs as (
    insert into "DutyRun"
      (number, version, status, duty, occurrence, owner, "takenBy", "dueAt", "nextLookAt", "waivedTill", state)
    select (state->>'number')::int, (state->>'version')::int, state->>'status', state->>'duty', state->>'occurrence',
           state->>'owner', state->>'takenBy', (state->>'dueAt')::timestamptz, (state->>'nextLookAt')::timestamptz,
           (state->'end'->>'until')::timestamptz, state
      from jsonb_array_elements($7::jsonb) as state
    on conflict (number) do update set
      version = excluded.version, status = excluded.status, duty = excluded.duty, occurrence = excluded.occurrence,
      owner = excluded.owner, "takenBy" = excluded."takenBy", "dueAt" = excluded."dueAt",
      "nextLookAt" = excluded."nextLookAt", "waivedTill" = excluded."waivedTill", state = excluded.state
  ), plans as (
    insert into "DutyPlan" (duty, through, "goneSince", basis)
    select duty, through, "goneSince", basis
      from jsonb_to_recordset($8::jsonb) as x(duty text, through timestamptz, "goneSince" timestamptz, basis text)
    on conflict (duty) do update set
      through = excluded.through, "goneSince" = excluded."goneSince", basis = excluded.basis
  ), checks as (
    insert into "CheckState" (key, version, status, "group", "mutedUntil", state)
    select state->>'key', (state->>'version')::int, state->>'status', (state->>'group')::int,
           (state->'mute'->>'until')::timestamptz, state
      from jsonb_array_elements($9::jsonb) as state
    on conflict (key) do update set
      version = excluded.version, status = excluded.status, "group" = excluded."group",
      "mutedUntil" = excluded."mutedUntil", state = excluded.state
  ), groups as (
    insert into "CheckGroup" (number, channel, "openedAt", revision, "renderedAt")
    select number, channel, "openedAt", revision, "renderedAt"
      from jsonb_to_recordset($10::jsonb)
        as x(number int, channel text, "openedAt" timestamptz, revision int, "renderedAt" timestamptz)
    on conflict (number) do update set revision = "CheckGroup".revision + 1, "renderedAt" = excluded."renderedAt"
  ), again as (
    update "CheckSchedule" as schedule
       set "dueAt" = least(schedule."dueAt", again.at),
           pulse = case when again.afresh then schedule.pulse || '{"good": null, "bad": null, "unclear": null}' else schedule.pulse end
      from jsonb_to_recordset($11::jsonb) as again(key text, at timestamptz, afresh boolean)
     where schedule.key = again.key
  ), screens as (
    insert into "HealthScreen" (number, channel, keys, "askedAt", revision, open)
    select number, channel, keys, "askedAt", revision, open
      from jsonb_to_recordset($12::jsonb)
        as x(number int, channel text, keys jsonb, "askedAt" timestamptz, revision int, open boolean)
    on conflict (number) do update set revision = "HealthScreen".revision + 1, open = excluded.open
  ), windows as (
    insert into "Window"
      (number, version, status, "window", occurrence, "startsAt", "endsAt", "nextLookAt", state)
    select (state->>'number')::int, (state->>'version')::int, state->>'status', state->>'window', state->>'occurrence',
           (state->>'startsAt')::timestamptz, (state->>'endsAt')::timestamptz, (state->>'nextLookAt')::timestamptz, state
      from jsonb_array_elements($13::jsonb) as state
    on conflict (number) do update set
      version = excluded.version, status = excluded.status, "window" = excluded."window",
      occurrence = excluded.occurrence, "startsAt" = excluded."startsAt", "endsAt" = excluded."endsAt",
      "nextLookAt" = excluded."nextLookAt", state = excluded.state
  ), "windowPlans" as (
    insert into "WindowPlan" (key, through, "goneSince", basis)
    select key, through, "goneSince", basis
      from jsonb_to_recordset($14::jsonb) as x(key text, through timestamptz, "goneSince" timestamptz, basis text)
    on conflict (key) do update set
      through = excluded.through, "goneSince" = excluded."goneSince", basis = excluded.basis
  ), "alertGroups" as (
    insert into "AlertGroup"
      (number, version, status, source, "group", storm, incident, "mutedUntil", "silencedUntil", "startedAt", channel,
       state)
    select (state->>'number')::int, (state->>'version')::int, state->>'status', state->>'source', state->>'group',
           (state->>'storm')::int, (state->>'incident')::int, (state->'muted'->>'until')::timestamptz,
           (state->'silence'->>'until')::timestamptz, (state->>'startedAt')::timestamptz, state->>'channel', state
      from jsonb_array_elements($15::jsonb) as state
    on conflict (number) do update set
      version = excluded.version, status = excluded.status, incident = excluded.incident,
      "mutedUntil" = excluded."mutedUntil", "silencedUntil" = excluded."silencedUntil", state = excluded.state
  ), "alertStorms" as (
    insert into "AlertStorm" (number, channel, "openedAt", revision)
    select number, channel, "openedAt", 1
      from jsonb_to_recordset($16::jsonb) as x(number int, channel text, "openedAt" timestamptz)
    on conflict (number) do update set revision = "AlertStorm".revision + 1
  ), "alertsSeen" as (
    select inbox.source, inbox."group"
      from "AlertInbox" as inbox
      join jsonb_to_recordset($17::jsonb) as seen(source text, "group" text, revision bigint)
        on seen.source = inbox.source and seen."group" = inbox."group" and seen.revision = inbox.revision
     order by inbox.source, inbox."group" for update of inbox
  ), "alertsDone" as (
    delete from "AlertInbox" as inbox using "alertsSeen" as seen
     where inbox.source = seen.source and inbox."group" = seen."group"
  ), pages as (
    insert into "Page" (number, version, status, about, "nextLookAt", state)
    select (state->>'number')::int, (state->>'version')::int, state->>'status',
           case state->'subject'->>'of'
             when 'incident' then 'INC-' || (state->'subject'->>'incident')
             when 'checks' then 'checks:' || (state->'subject'->>'group')
           end,
           (state->>'nextLookAt')::timestamptz, state
      from jsonb_array_elements($18::jsonb) as state
    on conflict (number) do update set
      version = excluded.version, status = excluded.status, about = excluded.about, "nextLookAt" = excluded."nextLookAt",
      state = excluded.state
  ), backups as (
    insert into "BackupRun" (number, version, status, backup, occurrence, state)
    select (state->>'number')::int, (state->>'version')::int, state->>'status', state->>'backup', state->>'occurrence', state
      from jsonb_array_elements($19::jsonb) as state
    on conflict (number) do update set
      version = excluded.version, status = excluded.status, backup = excluded.backup, occurrence = excluded.occurrence,
      state = excluded.state
  ), "backupProgress" as (
    insert into "BackupProgress" (number, state)
    select (state->>'number')::int, state from jsonb_array_elements($20::jsonb) as state
    on conflict (number) do update set state = excluded.state
  ), drills as (
    insert into "DrillRun" (number, version, status, backup, occurrence, state)
    select (state->>'number')::int, (state->>'version')::int, state->>'status', state->>'backup', state->>'occurrence', state
      from jsonb_array_elements($21::jsonb) as state
    on conflict (number) do update set
      version = excluded.version, status = excluded.status, backup = excluded.backup, occurrence = excluded.occurrence,
      state = excluded.state
  ), "backupPlans" as (
    insert into "BackupPlan" (key, state)
    select state->>'key', state from jsonb_array_elements($22::jsonb) as state
    on conflict (key) do update set state = excluded.state
  ), deliveries as (
    insert into "Delivery" (lane, intent)
    select lane, intent
      from jsonb_to_recordset($4::jsonb) as x(n int, lane text, intent jsonb)
     order by n
    returning id, lane
  ), request as (
    insert into "Request" (key, answer)
    select $5::text, $6::jsonb where $5 is not null
    on conflict (key) do nothing
    returning 1
  )
  select (select count(*)::int from request) as answered,
         (select coalesce(jsonb_agg(jsonb_build_object('id', id::text, 'lane', lane) order by id), '[]')
            from deliveries) as deliveries`;

/**
 * Writes all that one verb writes, in one statement: events with their bodies and heads, state rows, deliveries and the
 * answer to the request. That nobody else appended in between is held by the primary key of `Event`: a stale head makes
 * the same sequence twice.
 *
 * @returns the deliveries in the order they were promised, or null when this request was answered by somebody else
 * meanwhile: then nothing of this transaction may be committed
 */
export async function writeAll(
  session: Session,
  write: Write,
  heads: ReadonlyMap<string, Head>,
  request: Answered | null,
): Promise<PromisedDelivery[] | null> {
  const { sealed, heads: moved } = seal(write.events, heads);
  const incidents = write.incidents ?? [];
  const runs = write.runs ?? [];
  const windows = write.windows ?? [];
  const pages = write.pages ?? [];
  for (const { number, version } of incidents) expectVersion(incidentSubject(number), version, moved);
  for (const { number, version } of runs) expectVersion(runSubject(number), version, moved);
  for (const { key, version } of write.checks ?? []) expectVersion(checkSubject(key), version, moved);
  const alertGroups = write.alertGroups ?? [];
  for (const { number, version } of alertGroups) expectVersion(alertSubject(number), version, moved);
  for (const { number, version } of windows) expectVersion(windowSubject(number), version, moved);
  for (const { number, version } of pages) expectVersion(pageSubject(number), version, moved);
  const backups = write.backups ?? [];
  for (const { number, version } of backups) expectVersion(backupSubject(number), version, moved);
  const drills = write.drills ?? [];
  for (const { number, version } of drills) expectVersion(drillSubject(number), version, moved);
  const [row] = await session.rows<{ answered: number; deliveries: { id: string; lane: string }[] }>(WRITE, [
    jsonText(sealed),
    jsonText(headRows(moved)),
    jsonText(incidents),
    jsonText(deliveryRows(write)),
    request?.key ?? null,
    request?.answer ?? null,
    jsonText(runs),
    jsonText(write.plans ?? []),
    jsonText(write.checks ?? []),
    jsonText(write.checkGroups ?? []),
    jsonText(write.checksAgain ?? []),
    jsonText(write.healthScreens ?? []),
    jsonText(windows),
    jsonText(write.windowPlans ?? []),
    jsonText(alertGroups),
    jsonText(write.alertStorms ?? []),
    jsonText(write.alertsLookedAt ?? []),
    jsonText(pages),
    jsonText(backups),
    jsonText(write.backupProgress ?? []),
    jsonText(drills),
    jsonText(write.backupPlans ?? []),
  ]);
  if (row === undefined || (request !== null && row.answered === 0)) return null;
  return row.deliveries.map(({ id, lane }) => ({ id: BigInt(id), lane }));
}

function headRows(heads: ReadonlyMap<string, Head>) {
  return [...heads].map(([subject, { seq, hash }]) => ({ subject, seq, hash }));
}

function deliveryRows(write: Write) {
  return (write.deliveries ?? []).map((intent, n) => ({ n, lane: laneOf(intent), intent }));
}

/** A state row that does not belong to the last event of its chain would no longer equal the fold of its events. */
function expectVersion(subject: string, version: number, heads: ReadonlyMap<string, Head>): void {
  const seq = heads.get(subject)?.seq;
  if (seq === version) return;
  throw new Error(
    `The state of ${subject} says version ${version}, but ${seq === undefined ? 'no event of it is written' : `its last event is ${seq}`}: a state is written together with the events it follows from.`,
  );
}
