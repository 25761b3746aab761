import type { Database } from '../adapters/postgres/client.ts';
import type { Actor } from '../domain/actor.ts';
import type { SpecVersionLoaded } from './spec.ts';

/** Keeps the text of every spec that ran, by its hash; one that ran before is known already. */
export async function recordSpec({ pool }: Database, loaded: SpecVersionLoaded, actor: Actor): Promise<void> {
  await pool.query(`INSERT INTO "SpecVersion" (hash, actor, text) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING`, [
    loaded.hash,
    JSON.stringify(actor),
    loaded.text,
  ]);
}
