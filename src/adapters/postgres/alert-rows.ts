import type { AlertGroup, AlertStorm } from '../../domain/alert/group.ts';
import { alertSubject } from '../../domain/event.ts';
import { OPEN_STATUSES } from '../../domain/incident/transitions.ts';
import type { AlertsOfIncident, AlertTx, ChangedGroup } from '../../usecases/alert-port.ts';
import { EMPTY_CHAIN, type Head } from './chain.ts';
import { mayExist } from './numbers.ts';
import type { Session } from './session.ts';

/** "alrt" in the advisory locks of this database: whoever gives groups to incidents holds it until the transaction ends. */
const WORKING = 0x616c7274;

const INBOX = `
  select source, "group", "commonLabels", "commonAnnotations", "externalUrl", truncated, since, revision::text,
         "notBefore" is not null as "wasHeld"
    from "AlertInbox" where "notBefore" is null or "notBefore" <= $2 order by since, source, "group" limit $1`;

const HOLD = `
  update "AlertInbox" as inbox set "notBefore" = $3
    from unnest($1::text[], $2::text[]) as held(source, "group")
   where inbox.source = held.source and inbox."group" = held."group"`;

const LAST_LIVES = `
  select distinct on (life.source, life."group") 'ALERT-' || life.number as subject
    from unnest($1::text[], $2::text[]) as asked(source, "group")
    join "AlertGroup" as life using (source, "group")
   order by life.source, life."group", life.number desc`;

const LOCKED = `
  select subject, seq, hash from "EventHead" where subject = any($1::text[]) order by subject collate "C" for update`;

// Of one alert the newest beginning counts: an end that nobody told of is no second alert.
const COUNTED = `
  with asked as (
    select * from unnest($1::int[], $2::text[], $3::text[], $4::timestamptz[]) as x(n, source, "group", since)
  ), newest as (
    select distinct on (asked.n, alert.fingerprint)
           asked.n, asked.since, alert.fingerprint, alert.status, alert."startsAt", alert."firstSeenAt",
           alert.labels, alert.annotations, alert.url, alert."missingSince",
           alert."missingSince" > alert."lastSeenAt" as missing
      from asked join "Alert" as alert on alert.source = asked.source and alert."group" = asked."group"
     order by asked.n, alert.fingerprint, alert."startsAt" desc
  ), placed as (
    select newest.*, row_number() over (partition by n, status order by "startsAt", fingerprint) as place
      from newest where status = 'firing' or "firstSeenAt" >= since
  )
  select n, count(*) filter (where status = 'firing')::int as firing, count(*) filter (where status = 'resolved')::int as resolved,
         count(*) filter (where status = 'resolved' and missing)::int as unseen,
         count(*) filter (where status = 'firing' and missing and "missingSince" > $6)::int as missing,
         coalesce(jsonb_agg(jsonb_build_object(
           'labels', labels, 'annotations', annotations, 'url', url,
           'startsAt', to_char("startsAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
         ) order by place) filter (where status = 'firing' and place <= $5), '[]') as longest
    from placed group by n`;

/** Firing alerts that a group's card shows. */
const MOST_SHOWN = 5;

/** What is missing for longer and could not be looked for again is taken to fire; ms. */
const MISSING_FOR = 10 * 60_000;

const CARDS = `
  select channel, count(*)::int as cards from "AlertGroup"
   where channel = any($1::text[]) and "startedAt" >= $2 and storm is null group by channel`;

const STORMS = `
  select distinct on (channel) number, channel, "openedAt"
    from "AlertStorm" where channel = any($1::text[]) order by channel, number desc`;

// Without a service it is the rule that says whether two groups are about the same.
const OPEN_ABOUT = `
  select distinct on (topic) topic, number
    from (
      select 'service ' || (state->>'service') as topic, number from "Incident"
       where status = any($2::text[]) and state->>'service' is not null
      union all
      select 'rule ' || (life.state->>'rule'), incident.number
        from "Incident" as incident join "AlertGroup" as life on life.incident = incident.number
       where incident.status = any($2::text[]) and life.state->>'service' is null
    ) as open
   where topic = any($1::text[]) order by topic, number desc`;

const OF_INCIDENTS = `
  select incident, bool_or((state->>'declared')::boolean) as declared, count(*)::int as groups,
         coalesce(jsonb_agg(number) filter (where status = 'firing'), '[]') as firing
    from "AlertGroup" where incident = any($1::int[]) group by incident`;

type Counted = 'firing' | 'resolved' | 'unseen' | 'missing' | 'longest';
type InboxRow = Omit<ChangedGroup, 'known' | Counted>;
type CountRow = Pick<ChangedGroup, Counted> & { readonly n: number };

/**
 * What a transaction knows of groups of alerts.
 *
 * @param heads where the chains end that the transaction holds; added to
 */
export function alertRows({ rows }: Session, heads: Map<string, Head>): AlertTx {
  const alone = async () => {
    await rows('select pg_advisory_xact_lock($1)', [WORKING]);
  };
  const lock = async (subjects: readonly string[]) => {
    for (const { subject, seq, hash } of await rows<Head & { subject: string }>(LOCKED, [subjects])) {
      heads.set(subject, { seq, hash });
    }
  };
  const states = async (subjects: readonly string[]) =>
    rows<{ state: AlertGroup }>(
      `select state from "AlertGroup" where number = any(select substr(subject, 7)::int from unnest($1::text[]) as subject)`,
      [subjects],
    );

  const lastLives = async (inbox: readonly InboxRow[]): Promise<Map<string, AlertGroup>> => {
    const columns = [inbox.map(({ source }) => source), inbox.map(({ group }) => group)];
    const subjects = (await rows<{ subject: string }>(LAST_LIVES, columns)).map(({ subject }) => subject);
    if (subjects.length === 0) return new Map();
    await lock(subjects);
    // Read by a statement that began after the locks were had, so that it sees what the last holder wrote.
    return new Map((await states(subjects)).map(({ state }) => [nameOf(state), state]));
  };

  return {
    alertsAlone: alone,
    holdAlertGroups: async (groups, until) => {
      await rows(HOLD, [groups.map(({ source }) => source), groups.map(({ group }) => group), until]);
    },
    changedAlertGroups: async (isOver, now, limit) => {
      await alone();
      const inbox = await rows<InboxRow>(INBOX, [limit, now]);
      if (inbox.length === 0) return [];
      const lives = await lastLives(inbox);
      const counts = await rows<CountRow>(COUNTED, [
        inbox.map((_, n) => n),
        inbox.map(({ source }) => source),
        inbox.map(({ group }) => group),
        inbox.map((row) => {
          const known = lives.get(nameOf(row));
          return known === undefined || isOver(known) ? row.since : known.startedAt;
        }),
        MOST_SHOWN,
        new Date(now.getTime() - MISSING_FOR),
      ]);
      const counted = new Map(counts.map((row) => [row.n, row]));
      return inbox.map((row, n) => {
        const { firing = 0, resolved = 0, unseen = 0, missing = 0, longest = [] } = counted.get(n) ?? {};
        return { ...row, known: lives.get(nameOf(row)) ?? null, firing, resolved, unseen, missing, longest };
      });
    },
    alertGroup: async (number) => {
      if (!mayExist(number)) return null;
      const subject = alertSubject(number);
      await lock([subject]);
      return (await states([subject]))[0]?.state ?? null;
    },
    nextAlertNumbers: async (count) => {
      const taken = await numbers('alert_number', count);
      for (const number of taken) heads.set(alertSubject(number), EMPTY_CHAIN);
      return taken;
    },
    alertScreens: async (channels, since, fresh) => {
      const cards = await rows<{ channel: string; cards: number }>(CARDS, [channels, since]);
      return {
        cards: new Map(cards.map((row) => [row.channel, row.cards])),
        storms: await rows<AlertStorm>(STORMS, [channels]),
        fresh: await numbers('alert_storm_number', fresh),
      };
    },
    openIncidentsAbout: async (topics) => {
      const open = await rows<{ topic: string; number: number }>(OPEN_ABOUT, [topics, OPEN_STATUSES]);
      return new Map(open.map(({ topic, number }) => [topic, number]));
    },
    alertsOfIncidents: (incidents) => rows<AlertsOfIncident>(OF_INCIDENTS, [incidents]),
  };

  async function numbers(sequence: string, count: number): Promise<number[]> {
    const taken = await rows<{ number: number }>(
      `select nextval($2::regclass)::int as number from generate_series(1, $1::int)`,
      [count, sequence],
    );
    return taken.map(({ number }) => number).sort((a, b) => a - b);
  }
}

function nameOf({ source, group }: { readonly source: string; readonly group: string }): string {
  return `${source} ${group}`;
}
