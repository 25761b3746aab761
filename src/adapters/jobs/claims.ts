import type { Client } from 'pg';
import type { Db, Job, PgBoss } from 'pg-boss';
import type { Life } from './liveness.ts';

/** A fetched job is claimed within milliseconds; one that nobody claimed for this long belongs to nobody. */
const CLAIM_GRACE = '2 seconds';
/** A job of ours that we do not run: its end could not be written down. Longer than writing it down takes. */
const OWN_GRACE = '5 seconds';

/** Instances alive now: those whose advisory lock is held. The two halves of the number are how PostgreSQL shows it. */
const ALIVE = `
  SELECT (l.classid::bigint << 32) | l.objid::bigint
  FROM pg_locks l
  WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/**
 * Writes down that this instance runs the job. False when the job was given back meanwhile: it must then be left alone.
 * The share lock makes this and `returnDeadJobs` wait for each other.
 */
export async function claimJob(db: Db, queue: string, job: Job<unknown>, instance: bigint): Promise<boolean> {
  const { rows } = await db.executeSql(
    `WITH held AS (
       SELECT id FROM pgboss.job
       WHERE name = $1 AND id = $2::uuid AND state = 'active' AND retry_count = $3::int
       FOR SHARE)
     INSERT INTO "JobClaim" ("jobId", queue, instance, at)
     SELECT id::text, $1, $4::bigint, now() FROM held
     ON CONFLICT ("jobId") DO UPDATE SET instance = EXCLUDED.instance, at = EXCLUDED.at
     RETURNING "jobId"`,
    [queue, job.id, job.retryCount, instance.toString()],
  );
  return rows.length > 0;
}

const ABANDONED = `
  SELECT j.id, j.name
  FROM pgboss.job j LEFT JOIN "JobClaim" c ON c."jobId" = j.id::text
  WHERE j.name = ANY($1::text[]) AND j.state = 'active' AND CASE
    WHEN c."jobId" IS NULL THEN j.started_on < now() - interval '${CLAIM_GRACE}'
    WHEN c.instance = $2::bigint THEN c.at < now() - interval '${OWN_GRACE}' AND NOT (j.id::text = ANY($3::text[]))
    ELSE c.instance NOT IN (${ALIVE}) END
  FOR UPDATE OF j SKIP LOCKED`;

/**
 * Gives back the jobs that nobody runs: those of instances whose lock is free, those nobody claimed, and our own whose end
 * could not be written down. A job that a live instance claimed is never touched. Returns how many were given back.
 */
export async function returnDeadJobs(
  client: Client,
  boss: PgBoss,
  life: Life,
  queues: readonly string[],
  running: readonly string[],
): Promise<number> {
  const db: Db = { executeSql: (text, values) => client.query(text, values) };
  await client.query('BEGIN');
  try {
    const parameters = [queues, life.instance.toString(), running];
    // Twice: the first locks them, the second sees the claims that were written while it waited.
    await client.query(ABANDONED, parameters);
    const { rows } = await client.query<{ id: string; name: string }>(ABANDONED, parameters);
    for (const { id, name } of rows) {
      await boss.fail(name, id, { message: 'the instance that ran it is gone' }, { db });
      // Fetchable at once, and every instance hears of it.
      await boss.update(name, undefined, { id, startAfter: 0, db });
    }
    await client.query(
      `DELETE FROM "JobClaim" c WHERE c.at < now() - interval '1 minute' AND NOT EXISTS (
         SELECT 1 FROM pgboss.job j WHERE j.name = c.queue AND j.id = c."jobId"::uuid AND j.state = 'active')`,
    );
    await client.query('COMMIT');
    return rows.length;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}
