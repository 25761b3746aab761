import { type Bounded, boundsProblem } from '../../domain/health/bounds.ts';
import type { PostgresQuestion } from '../../domain/spec/check-questions.ts';
import { CouldNotTell, Failing, failing, type Look, ok } from './look.ts';
import { type ReadRows, withPostgres } from './postgres-session.ts';
import { figureOf } from './sql.ts';

/** How a PostgreSQL server is. What is not asked for is not looked at: the size of a large database is not free. */
export const lookAtPostgres: Look<'postgres'> = async (check, { address, signal }) => {
  const { timeout } = check;
  const seen = await withPostgres(address(check.target), { signal, timeout }, async (read) => [
    await connections(check, read),
    await size(check, read),
    await replicationLag(check, read),
    await query(check, read),
  ]);
  const bounded = seen.flatMap((figures) => figures.bounded);
  const figures = Object.assign({}, ...seen.map(({ figures }) => figures)) as Record<string, number>;
  const problem = boundsProblem(bounded);
  return problem === null ? ok('answers', figures) : failing(problem, figures);
};

interface Measured {
  readonly bounded: readonly Bounded[];
  readonly figures: Readonly<Record<string, number>>;
}

const NOTHING: Measured = { bounded: [], figures: {} };

async function connections({ connections: limit }: PostgresQuestion, read: ReadRows): Promise<Measured> {
  const [row] = await read(
    `SELECT count(*), current_setting('max_connections') FROM pg_stat_activity WHERE backend_type = 'client backend'`,
  );
  const [used, allowed] = [figureOf(row?.[0]), figureOf(row?.[1])];
  const figure = limit?.than.quantity === 'percent' ? (100 * used) / allowed : used;
  const figures = { connections: used, connectionsAllowed: allowed };
  return { bounded: [{ what: 'connections', limit, figure }], figures };
}

async function size({ size: limit }: PostgresQuestion, read: ReadRows): Promise<Measured> {
  if (limit === undefined) return NOTHING;
  const [row] = await read('SELECT pg_database_size(current_database())');
  const figure = figureOf(row?.[0]);
  return { bounded: [{ what: 'size', limit, figure }], figures: { size: figure } };
}

/** A standby that follows nobody has caught up with all it was sent, and says that it lags by nothing: it is asked whether it follows. */
const STANDBY = `
  SELECT (SELECT count(*) FROM pg_stat_wal_receiver WHERE pid IS NOT NULL),
         CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
              ELSE extract(epoch FROM now() - pg_last_xact_replay_timestamp()) * 1000 END`;
/** Those who may not see the standbys see their rows without a state. Without writes there is nothing to lag behind: null. */
const PRIMARY = `
  SELECT count(*), count(state), coalesce(max(extract(epoch FROM replay_lag) * 1000), 0) FROM pg_stat_replication`;

async function replicationLag({ replicationLag: limit }: PostgresQuestion, read: ReadRows): Promise<Measured> {
  if (limit === undefined) return NOTHING;
  const [standby] = await read('SELECT pg_is_in_recovery()');
  const figure = standby?.[0] === true ? await lagOfStandby(read) : await lagOfFollowers(read);
  return { bounded: [{ what: 'replication lag', limit, figure }], figures: { replicationLag: figure } };
}

async function lagOfStandby(read: ReadRows): Promise<number> {
  const [row] = await read(STANDBY);
  if (figureOf(row?.[0]) === 0) throw new Failing('is a standby that follows nobody');
  return figureOf(row?.[1]);
}

async function lagOfFollowers(read: ReadRows): Promise<number> {
  const [row] = await read(PRIMARY);
  if (figureOf(row?.[0]) === 0) throw new Failing('has no standby that follows it');
  if (figureOf(row?.[1]) === 0) throw new CouldNotTell("Mainstay's user may not see the standbys; grant it pg_monitor");
  return figureOf(row?.[2]);
}

async function query({ query: text, breach: limit }: PostgresQuestion, read: ReadRows): Promise<Measured> {
  if (text === undefined) return NOTHING;
  const [row] = await read(text);
  if (limit === undefined) return NOTHING;
  const figure = figureOf(row?.[0]);
  return { bounded: [{ what: 'the query gives', limit, figure }], figures: { value: figure } };
}
