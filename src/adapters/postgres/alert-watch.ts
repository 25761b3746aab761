import type { Pool } from 'pg';
import type { AlertWatch, FiringThere } from '../../usecases/alert-port.ts';
import { jsonText } from './canonical.ts';
import { reaching } from './faults.ts';
import { rowsOf } from './session.ts';

// What fires is in a group that does, or that waits to be looked at. Of what ended unseen the newest beginning counts, as it does for
// whoever counts; a group that is clear may have some, so a scope has them looked for among all.
const WATCHED = `
  with scope as (
    select * from jsonb_to_recordset($1::jsonb) as x(label text, services jsonb, labels jsonb)
  ), life as (
    select source, "group", bool_or(silenced) as silenced from (
      select source, "group", "silencedUntil" is not null as silenced from "AlertGroup"
       where (status = 'firing' or "silencedUntil" is not null) and source = 'alertmanager'
      union all select source, "group", false from "AlertInbox" where source = 'alertmanager') as either
     group by source, "group"
  ), firing as (
    select alert.*, life.silenced from life join "Alert" as alert using (source, "group") where alert.status = 'firing'
  ), ended as (
    select alert.*, exists (
             select from life where life.source = alert.source and life."group" = alert."group" and life.silenced) as silenced
      from "Alert" as alert
     where ($1::jsonb <> '[]' or exists (select from life where life.silenced))
       and alert.source = 'alertmanager' and alert.status = 'resolved' and alert."missingSince" > alert."lastSeenAt"
       and not exists (select from "Alert" as newer where newer.source = alert.source
                          and newer.fingerprint = alert.fingerprint and newer."startsAt" > alert."startsAt")
  )
  select alert.fingerprint, alert."startsAt"::text, alert."lastSeenAt" as "toldAt", alert."seenAt", alert."missingSince",
         alert.status = 'resolved' as "isEnded"
    from (select * from firing union all select * from ended) as alert
   where alert.silenced
      or alert.status = 'firing' and (alert."missingSince" > alert."lastSeenAt" or alert."seenAt" > alert."lastSeenAt")
      or exists (
       select from scope where alert.labels @> scope.labels
          and (scope.services = '[]' or scope.services ? lower(alert.labels->>scope.label)))
   order by alert.fingerprint, alert."startsAt"`;

// Locked in the order in which the intake writes. A new row of the inbox has the labels that all of the group share.
const FOUND = `
  with asked as (
    select * from unnest($1::text[], $2::timestamptz[], $3::text[]) as x(fingerprint, "startsAt", reason)
  ), held as materialized (
    select alert.fingerprint, alert."startsAt", asked.reason
      from "Alert" as alert join asked using (fingerprint, "startsAt")
     where alert.source = 'alertmanager'
       and (case when reason = 'fires-again' then alert.status = 'resolved' and alert."missingSince" > alert."lastSeenAt"
            else alert.status = 'firing' end)
     order by alert.source collate "C", alert.fingerprint collate "C", alert."startsAt" for update of alert
  ), moved as (
    update "Alert" as alert set
      "seenAt" = case when reason in ('is-there', 'fires-again') then $4 else alert."seenAt" end,
      "missingSince" = case when reason in ('is-there', 'fires-again') then null
                            when reason = 'missing-first' then $4 else alert."missingSince" end,
      status = case reason when 'ended-unseen' then 'resolved' when 'fires-again' then 'firing' else alert.status end,
      "endsAt" = case reason when 'ended-unseen' then alert."missingSince" when 'fires-again' then null else alert."endsAt" end
      from held
     where alert.source = 'alertmanager' and alert.fingerprint = held.fingerprint and alert."startsAt" = held."startsAt"
       and (reason <> 'ended-unseen' or alert."missingSince" > alert."lastSeenAt")
    returning alert.source, alert."group", alert.labels, reason
  ), ended as (
    select distinct source, "group" from moved where reason in ('ended-unseen', 'fires-again')
  ), every as (
    select alert.source, alert."group", alert.labels
      from ended join "Alert" as alert using (source, "group") where alert.status = 'firing'
    union all select source, "group", labels from moved where reason = 'fires-again'
  ), totals as (
    select source, "group", count(*) as n from every group by source, "group"
  ), common as (
    select source, "group", jsonb_object_agg(key, value) as labels from (
      select source, "group", key, value
        from every join totals using (source, "group") cross join lateral jsonb_each_text(every.labels)
       group by source, "group", key, value having count(*) = max(n)) as shared
     group by source, "group"
  )
  insert into "AlertInbox" (source, "group", "commonLabels", "commonAnnotations", "externalUrl", truncated, since)
  select source, "group", coalesce(common.labels, '{}'), '{}', '', coalesce((
           select (life.state->>'truncated')::int from "AlertGroup" as life
            where life.source = ended.source and life."group" = ended."group" order by number desc limit 1), 0), $4
    from ended left join common using (source, "group") order by source, "group"
  on conflict (source, "group") do update set revision = "AlertInbox".revision + 1`;

/** Looks for alerts in PostgreSQL of whose end nobody may tell. */
export function createAlertWatch(pool: Pool): AlertWatch {
  return {
    watched: (scopes) => reaching(() => rowsOf<FiringThere>(pool, WATCHED, [jsonText(scopes)])),
    found: async (alerts, at) => {
      const columns = [
        alerts.map(({ fingerprint }) => fingerprint),
        alerts.map(({ startsAt }) => startsAt),
        alerts.map(({ reason }) => reason),
      ];
      await reaching(() => rowsOf(pool, FOUND, [...columns, at]));
    },
  };
}
