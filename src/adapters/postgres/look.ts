import pg from 'pg';

/** A connection for a few reads, ended afterwards whatever happened. */
export async function withClient<T>(
  url: string,
  work: (query: <Row>(text: string, values?: readonly unknown[]) => Promise<Row[]>) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'mainstay-look',
    connectionTimeoutMillis: 5_000,
  });
  // A connection lost between two queries is told by the next one.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(async <Row>(text: string, values: readonly unknown[] = []) => {
      const { rows } = await client.query(text, [...values]);
      return rows as Row[];
    });
  } finally {
    await client.end();
  }
}
