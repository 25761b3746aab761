import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import pg from 'pg';
import { serve } from './serve.ts';

// T2's limit: Bolt with one listener and one prepared statement of raw pg that writes an incident and its first event.
const [, , signingSecret, url] = process.argv;
const pool = new pg.Pool({ connectionString: url ?? '', max: 32 });
await pool.query(`
  CREATE TABLE IF NOT EXISTS bench_incident (id bigserial PRIMARY KEY, title text NOT NULL, severity text NOT NULL, at timestamptz NOT NULL);
  CREATE TABLE IF NOT EXISTS bench_event (incident bigint NOT NULL, seq int NOT NULL, kind text NOT NULL, body jsonb NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (incident, seq))`);
const create = {
  name: 'create',
  text: `WITH i AS (INSERT INTO bench_incident (title, severity, at) VALUES ($1, $2, now()) RETURNING id)
         INSERT INTO bench_event (incident, seq, kind, body, at) SELECT id, 1, 'declared', $3, now() FROM i RETURNING incident`,
};
const receiver = new HTTPReceiver({ signingSecret: signingSecret ?? '', logLevel: LogLevel.ERROR });
const app = new App({
  receiver,
  authorize: async () => ({ botToken: 'xoxb-bench', botId: 'B1', botUserId: 'U1' }),
  logLevel: LogLevel.ERROR,
});
app.command('/incident', async ({ ack, command }) => {
  const { rows } = await pool.query({ ...create, values: [command.text, 'SEV2', { text: command.text }] });
  await ack({ text: `INC-${rows[0].incident}` });
});
serve(receiver.requestListener);
