import pg from 'pg';
import type { SmokeResult } from '../../domain/backup/drill-seen.ts';

/** `mainstay.snapshot_at`, for statements that ask how old something was when it was saved. */
const SNAPSHOT_AT = 'mainstay.snapshot_at';

const TABLES = `
  select c.oid::regclass::text as name,
         (select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
           where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind = 'r' and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
     and not exists (select from pg_depend x where x.classid = 'pg_class'::regclass and x.objid = c.oid and x.deptype = 'e')
   order by 1`;

/** PostgreSQL's own numbers of its types: bool; int2, int4, int8, float4, float8, numeric. */
const BOOLEAN = 16;
const NUMBERS = new Set([21, 23, 20, 700, 701, 1700]);

/** A row that is refused because the same is there already: the table is written to, and its rules hold. */
const RULES_HOLD = /^23/;

/**
 * Asks what the spec asks. One number or one boolean is passed on, or how it was refused; never a row.
 *
 * @param longest a statement may take, in milliseconds
 */
export async function askSmoke(
  client: pg.Client,
  checks: readonly { readonly title: string; readonly sql: string }[],
  { snapshotAt, longest }: { readonly snapshotAt: string; readonly longest: number },
): Promise<SmokeResult[]> {
  const results: SmokeResult[] = [];
  for (const [index, { title, sql }] of checks.entries()) {
    await client.query('begin read only');
    try {
      await client.query(`select set_config('${SNAPSHOT_AT}', $1, true), set_config('statement_timeout', $2, true)`, [
        snapshotAt,
        `${longest}`,
      ]);
      // Prepared: of several statements in one text none is run.
      const found = await client.query<unknown[]>({ name: `smoke-${index}`, text: sql, rowMode: 'array' });
      results.push({ title, result: oneValue(found) });
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error;
      results.push({ title, result: { kind: 'failed', code: error.code ?? 'unknown' } });
    } finally {
      await client.query('rollback');
    }
  }
  return results;
}

function oneValue({ rows, fields }: pg.QueryArrayResult<unknown[]>): SmokeResult['result'] {
  const [row, ...more] = rows;
  const type = fields[0]?.dataTypeID;
  if (row === undefined || more.length > 0 || row.length !== 1 || type === undefined) return { kind: 'not-one-value' };
  const [value] = row;
  if (type === BOOLEAN && typeof value === 'boolean') return { kind: 'value', value };
  if (!NUMBERS.has(type)) return { kind: 'not-one-value' };
  // Counts and sums come as text, since they may be longer than a number of JavaScript.
  return { kind: 'value', value: value === null ? null : Number(value) };
}

/** Writes a row into each table, again as it is there, and takes all of them back. @returns those that took none */
export async function unwritableTables(client: pg.Client): Promise<{ table: string; code: string }[]> {
  const { rows: tables } = await client.query<{ name: string; columns: string | null }>(TABLES);
  const refused: { table: string; code: string }[] = [];
  for (const { name, columns } of tables) {
    await client.query('begin');
    try {
      await client.query(
        columns === null
          ? `insert into ${name} default values`
          : `insert into ${name} (${columns}) overriding system value select ${columns} from ${name} limit 1 on conflict do nothing`,
      );
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error;
      const code = error.code ?? 'unknown';
      if (!RULES_HOLD.test(code)) refused.push({ table: name, code });
    } finally {
      await client.query('rollback');
    }
  }
  return refused;
}
