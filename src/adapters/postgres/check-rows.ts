import { checkSubject } from '../../domain/event.ts';
import type { CheckGroup } from '../../domain/health/group.ts';
import type { Tx } from '../../usecases/ports.ts';
import { EMPTY_CHAIN, type Head } from './chain.ts';
import { CHECK_ROWS, checkRow, type JoinedRow } from './check-schedule.ts';
import type { Session } from './session.ts';

/** "chck" in the advisory locks of this database: whoever begins a message about failing checks holds it until the end. */
const TELLING = 0x6368636b;

const LOCKED = `
  select subject, seq, hash from "EventHead" where subject = any($1::text[]) order by subject collate "C" for update`;

const NEWEST_GROUPS = `
  select distinct on (channel) number, channel, "openedAt", revision, "renderedAt"
    from "CheckGroup" where channel = any($1::text[]) order by channel, number desc`;

type CheckTx = Pick<Tx, 'checks' | 'checkRows' | 'checksInGroup' | 'checkGroups' | 'nextHealthScreen'>;

/**
 * What a transaction knows of checks.
 *
 * @param heads where the chains end that the transaction holds; added to
 */
export function checkRows({ rows }: Session, heads: Map<string, Head>): CheckTx {
  const joined = async (keys: readonly string[]) => (await rows<JoinedRow>(CHECK_ROWS, [keys])).map(checkRow);
  return {
    checks: async (keys) => {
      const subjects = keys.map(checkSubject);
      for (const subject of subjects) heads.set(subject, EMPTY_CHAIN);
      for (const { subject, seq, hash } of await rows<Head & { subject: string }>(LOCKED, [subjects])) {
        heads.set(subject, { seq, hash });
      }
      // Read by a statement that began after the locks were had, so that it sees what the last holder wrote.
      return joined(keys);
    },
    checkRows: joined,
    checksInGroup: async (group) => {
      const found = await rows<{ key: string }>('select key from "CheckState" where "group" = $1', [group]);
      return joined(found.map(({ key }) => key));
    },
    checkGroups: async (channels, numbers, fresh) => {
      await rows('select pg_advisory_xact_lock($1)', [TELLING]);
      const newest = await rows<CheckGroup>(NEWEST_GROUPS, [channels]);
      const others = await rows<CheckGroup>(
        `select number, channel, "openedAt", revision, "renderedAt" from "CheckGroup" where number = any($1::int[])`,
        [numbers],
      );
      const taken = await rows<{ number: number }>(
        `select nextval('check_group_number')::int as number from generate_series(1, $1::int)`,
        [fresh],
      );
      return { existing: [...newest, ...others], fresh: taken.map(({ number }) => number) };
    },
    nextHealthScreen: async () => {
      const [row] = await rows<{ number: number }>(`select nextval('health_screen_number')::int as number`, []);
      if (row === undefined) throw new Error('PostgreSQL gave no number for a screen.');
      return row.number;
    },
  };
}
