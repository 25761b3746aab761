import type { Pool } from 'pg';
import type { AlertWatch, FiringThere } from '../../usecases/alert-port.ts';
import { jsonText } from './canonical.ts';
import { reaching } from './faults.ts';
import { rowsOf } from './session.ts';

// What fires is in a group that does, or that waits to be looked at.
const WATCHED = `
  with scope as (
    select * from jsonb_to_recordset($1::jsonb) as x(label text, services jsonb, labels jsonb)
  ), life as (
    select source, "group", bool_or(silenced) as silenced from (
      select source, "group", "silencedUntil" is not null as silenced from "AlertGroup"
       where status = 'firing' and source = 'alertmanager'
      union all select source, "group", false from "AlertInbox" where source = 'alertmanager') as either
     group by source, "group"
  )
  select alert.fingerprint, alert."startsAt"::text, alert."lastSeenAt" as "toldAt", alert."seenAt", alert."missingSince"
    from life join "Alert" as alert using (source, "group")
   where alert.status = 'firing'
     and (life.silenced or alert."missingSince" > alert."lastSeenAt" or exists (
       select from scope where alert.labels @> scope.labels
          and (scope.services = '[]' or scope.services ? lower(alert.labels->>scope.label))))
   order by alert.fingerprint, alert."startsAt"`;

// Locked in the order in which the intake writes. A new row of the inbox has the labels that all of the group share.
const FOUND = `
  with asked as (
    select * from unnest($1::text[], $2::timestamptz[], $3::text[]) as x(fingerprint, "startsAt", reason)
  ), held as materialized (
    select alert.fingerprint, alert."startsAt", asked.reason
      from "Alert" as alert join asked using (fingerprint, "startsAt")
     where alert.source = 'alertmanager' and alert.status = 'firing'
     order by alert.source collate "C", alert.fingerprint collate "C", alert."startsAt" for update of alert
  ), moved as (
    update "Alert" as alert set
      "seenAt" = case when reason = 'is-there' then $4 else alert."seenAt" end,
      "missingSince" = case reason when 'is-there' then null when 'missing-first' then $4 else alert."missingSince" end,
      status = case when reason = 'ended-unseen' then 'resolved' else alert.status end,
      "endsAt" = case when reason = 'ended-unseen' then alert."missingSince" else alert."endsAt" end
      from held
     where alert.source = 'alertmanager' and alert.fingerprint = held.fingerprint and alert."startsAt" = held."startsAt"
       and (reason <> 'ended-unseen' or alert."missingSince" > alert."lastSeenAt")
    returning alert.source, alert."group", reason
  ), ended as (
    select distinct source, "group" from moved where reason = 'ended-unseen'
  ), every as (
    select alert.source, alert."group", alert.labels
      from ended join "Alert" as alert using (source, "group") where alert.status = 'firing'
  ), common as (
    select source, "group", jsonb_object_agg(key, value) as labels from (
      select source, "group", key, value from every, jsonb_each_text(every.labels)
       group by source, "group", key, value
      having count(*) = (select count(*) from every as other
                          where other.source = every.source and other."group" = every."group")) as shared
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
