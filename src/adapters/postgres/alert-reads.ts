import type { Pool } from 'pg';
import type { AlertGroup } from '../../domain/alert/group.ts';
import type { AlertReads, StormNow } from '../../usecases/alert-port.ts';
import { reaching } from './faults.ts';
import { mayExist } from './numbers.ts';
import { rowsOf } from './session.ts';

// The revision is read by the same statement as the groups.
const STORM = `
  select storm.number, storm.channel, storm."openedAt", storm.revision,
         count(*) filter (where life.status = 'firing')::int as firing,
         count(*) filter (where life.status = 'resolved')::int as resolved,
         coalesce(sum((life.state->>'firing')::int), 0)::int as alerts
    from "AlertStorm" as storm join "AlertGroup" as life on life.storm = storm.number
   where storm.number = $1 group by storm.number`;

/** The worst first: firing before resolved, then by severity, then the longest. */
const WORST = `order by status, state->>'severity' nulls last, "startedAt", number`;

const FIRING = `
  select count(*)::int as firing, coalesce(sum((state->>'firing')::int), 0)::int as alerts
    from "AlertGroup" where status = 'firing'`;

// Of one alert the newest beginning counts.
const FIRING_OF = `
  select fingerprint, labels from (
    select distinct on (fingerprint) fingerprint, labels, status from "Alert" where source = $1 and "group" = $2
     order by fingerprint, "startsAt" desc) as newest
   where status = 'firing' order by fingerprint`;

const HELD = `
  with asked as (
    (select source, "group" from "AlertInbox" where "notBefore" is not null order by since, source, "group" limit $3)
    union select * from unnest($1::text[], $2::text[])
  )
  select asked.source, asked."group",
         case when inbox.source is not null then jsonb_build_object(
           'commonLabels', inbox."commonLabels", 'commonAnnotations', inbox."commonAnnotations",
           'externalUrl', inbox."externalUrl") end as notice,
         coalesce((select jsonb_agg(distinct fingerprint) from "Alert" as alert
                    where alert.source = asked.source and alert."group" = asked."group" and alert.status = 'firing'), '[]') as firing
    from asked left join "AlertInbox" as inbox using (source, "group") order by inbox.since, asked.source, asked."group"`;

/** Groups that a shared message lists. */
const MOST_LISTED = 10;

/** Groups of alerts for those who only look. */
export function alertReads(pool: Pool): AlertReads {
  const rows = <Row>(text: string, values: readonly unknown[]) => reaching(() => rowsOf<Row>(pool, text, values));
  const groups = async (text: string, values: readonly unknown[]) =>
    (await rows<{ state: AlertGroup }>(text, values)).map(({ state }) => state);
  return {
    alertGroup: async (number) =>
      mayExist(number)
        ? ((await groups('select state from "AlertGroup" where number = $1', [number]))[0] ?? null)
        : null,
    alertStorm: async (number) => {
      const [storm] = await rows<Omit<StormNow, 'worst'>>(STORM, [number]);
      if (storm === undefined) return null;
      const worst = await groups(`select state from "AlertGroup" where storm = $1 ${WORST} limit $2`, [
        number,
        MOST_LISTED,
      ]);
      return { ...storm, worst };
    },
    firingAlertGroups: async ({ limit, skip }) => {
      const [counted] = await rows<{ firing: number; alerts: number }>(FIRING, []);
      const worst = `select state from "AlertGroup" where status = 'firing' ${WORST} limit $1 offset $2`;
      return { firing: 0, alerts: 0, ...counted, groups: await groups(worst, [limit, skip]) };
    },
    alertsToSilence: async () =>
      (
        await rows<{ number: number }>(
          'select number from "AlertGroup" where "silencedUntil" is not null order by "silencedUntil", number',
          [],
        )
      ).map(({ number }) => number),
    heldAlertGroups: (known, limit) =>
      rows(HELD, [known.map(({ source }) => source), known.map(({ group }) => group), limit]),
    firingAlertsOf: ({ source, group }) => rows(FIRING_OF, [source, group]),
    alertMutesOver: async (now) =>
      (
        await rows<{ number: number }>('select number from "AlertGroup" where "mutedUntil" <= $1 order by number', [
          now,
        ])
      ).map(({ number }) => number),
  };
}
