import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import { SchemaEngine } from '@prisma/schema-engine-wasm';
import type { QueryArrayConfig } from 'pg';

/** PostgreSQL's internal one-byte type, `"char"`, and the text type whose conversion serves it. */
const CHAR_OID = 18;
const BPCHAR_OID = 1042;

/** What the engine reads from this object when it panics; absent, the panic's message would be lost. */
interface PanicRegistry {
  set_message(message: string): void;
}
declare global {
  var PRISMA_WASM_PANIC_REGISTRY: PanicRegistry | undefined;
}

/** Nothing of the database is managed elsewhere: pg-boss keeps to its own schema, which Prisma does not look at. */
export const noFilters = { externalTables: [], externalEnums: [] };

/**
 * Runs Prisma's own schema engine (its WebAssembly build, the one that needs no download) against a database.
 * A tool of development and of tests: at run time migrations are applied by `src/adapters/postgres/migrate.ts`.
 *
 * @param url the database that is compared
 * @param schema the text of schema.prisma
 */
export async function withSchemaEngine<T>(
  url: string,
  schema: string,
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    set_message: (message) => console.error(`Prisma's schema engine panicked: ${message}`),
  };
  const { factory, dispose } = adapterThatReadsCatalogs(url);
  try {
    const engine = await SchemaEngine.new(
      { datamodels: [['schema.prisma', schema]] },
      () => {},
      bindMigrationAwareSqlAdapterFactory(factory),
    );
    try {
      return await use(engine);
    } finally {
      engine.free();
    }
  } finally {
    // The engine holds its lock through these connections; without this the next run waits ten seconds for it.
    await dispose();
  }
}

/** The SQL that turns the database at `url` into what `schema` describes, or null when they already agree. */
export async function sqlFromDatabaseToSchema(url: string, schema: string): Promise<string | null> {
  const files = [{ path: 'schema.prisma', content: schema }];
  const result = await withSchemaEngine(url, schema, (engine) =>
    engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: '.' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters: noFilters,
    }),
  );
  return result.exitCode === 0 ? null : result.stdout;
}

/**
 * Prisma's adapter refuses columns of type `"char"`, which the engine reads from PostgreSQL's catalogs: they are
 * passed off as text on the way in and declared as characters on the way out.
 */
function adapterThatReadsCatalogs(url: string) {
  const factory = new PrismaPg({ connectionString: url });
  const opened: Awaited<ReturnType<PrismaPg['connect']>>[] = [];
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    opened.push(adapter);
    const charColumns = new WeakMap<object, number[]>();
    const pool = adapter.underlyingDriver();
    const query = pool.query.bind(pool);
    Object.assign(pool, {
      query: async (config: QueryArrayConfig) => {
        const result = await query(config);
        const chars = result.fields.filter((field) => field.dataTypeID === CHAR_OID);
        for (const field of chars) field.dataTypeID = BPCHAR_OID;
        charColumns.set(
          result.rows,
          chars.map((field) => result.fields.indexOf(field)),
        );
        return result;
      },
    });
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const answer = await queryRaw(query);
      for (const column of charColumns.get(answer.rows) ?? []) answer.columnTypes[column] = ColumnTypeEnum.Character;
      return answer;
    };
    return adapter;
  };
  return {
    factory,
    dispose: async () => {
      for (const adapter of opened) await adapter.dispose();
    },
  };
}
