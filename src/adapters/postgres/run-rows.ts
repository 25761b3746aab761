import type { DutyPlan } from '../../domain/duty/plan.ts';
import type { DutyRun } from '../../domain/duty/run.ts';
import { runSubject } from '../../domain/event.ts';
import type { Tx } from '../../usecases/ports.ts';
import { jsonText } from './canonical.ts';
import { EMPTY_CHAIN, type Head } from './chain.ts';
import { mayExist } from './numbers.ts';
import type { Session } from './session.ts';

/** "duty" in the advisory locks of this database: whoever plans holds it until the transaction ends. */
const PLANNING = 0x64757479;

/** So many runs that nobody was asked for are ended in one transaction. */
const MOST_UNASKED = 500;

// Both rows are locked, as with incidents: after waiting for another writer PostgreSQL re-reads only rows that it locks.
const LOCKED = `
  select head.seq, head.hash, run.state
    from "DutyRun" as run join "EventHead" as head on head.subject = 'RUN-' || run.number`;

const LOCKED_RUN = `${LOCKED} where run.number = $1 for update`;

const PLANNED = `${LOCKED} where run.status = 'planned' and run.duty = any($1::text[]) and run."dueAt" > $2
   order by run.number for update`;

const UNASKED = `${LOCKED}
   where run.status = 'planned' and run."nextLookAt" <= $1 and (run.state->>'missedAt')::timestamptz <= $1
   order by run.number limit $2 for update`;

const KNOWN = `
  select run.duty, run.occurrence
    from "DutyRun" as run
    join unnest($1::text[], $2::text[]) as asked(duty, occurrence) using (duty, occurrence)`;

const WAIVERS = `
  select state from "DutyRun"
   where "waivedTill" >= $1 and status = 'waived' and state->'end'->>'of' is null order by number`;

// jsonb is compared by what it says, whatever the order of its keys.
const APPROVED = `
  select state->'agreed'->>'place' as place from "DutyRun"
   where duty = $1 and status <> 'planned' and state->'agreed' <> 'null' and state->'action' = $2::jsonb
     and state->'attempt'->>'mode' = 'run' and state->'attempt'->'finished'->>'outcome' = 'succeeded' order by number desc limit 5`;

export const PLANS = `
  select duty, to_char(through at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as through,
         to_char("goneSince" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "goneSince", basis
    from "DutyPlan" order by duty collate "C"`;

type RunTx = Pick<
  Tx,
  | 'run'
  | 'nextRunNumbers'
  | 'dutyPlans'
  | 'knownOccurrences'
  | 'waivers'
  | 'approvedPlaces'
  | 'plannedRuns'
  | 'unaskedRuns'
>;

/**
 * What a transaction knows of the runs of duties.
 *
 * @param heads where the chains end that the transaction holds; added to
 */
export function runRows({ rows }: Session, heads: Map<string, Head>): RunTx {
  const locked = async (text: string, values: readonly unknown[]): Promise<DutyRun[]> => {
    const found = await rows<Head & { state: DutyRun }>(text, values);
    for (const { seq, hash, state } of found) heads.set(runSubject(state.number), { seq, hash });
    return found.map(({ state }) => state);
  };
  return {
    run: async (number) => (mayExist(number) ? ((await locked(LOCKED_RUN, [number]))[0] ?? null) : null),
    nextRunNumbers: async (count) => {
      const taken = await rows<{ number: number }>(
        `select nextval('run_number')::int as number from generate_series(1, $1::int)`,
        [count],
      );
      for (const { number } of taken) heads.set(runSubject(number), EMPTY_CHAIN);
      return taken.map(({ number }) => number).sort((a, b) => a - b);
    },
    dutyPlans: async () => {
      await rows('select pg_advisory_xact_lock($1)', [PLANNING]);
      return rows<DutyPlan>(PLANS, []);
    },
    knownOccurrences: (occurrences) =>
      rows(KNOWN, [occurrences.map(({ duty }) => duty), occurrences.map(({ occurrence }) => occurrence)]),
    waivers: async (after) => (await rows<{ state: DutyRun }>(WAIVERS, [after])).map(({ state }) => state),
    approvedPlaces: async (duty, action) =>
      (await rows<{ place: string | null }>(APPROVED, [duty, jsonText(action)])).map(({ place }) => place),
    plannedRuns: (duties, now) => locked(PLANNED, [duties, now]),
    unaskedRuns: (now) => locked(UNASKED, [now, MOST_UNASKED]),
  };
}
