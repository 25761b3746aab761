import { z } from 'zod';
import type { Manifest } from '../../domain/backup/manifest.ts';

const file = z.object({ name: z.string(), bytes: z.number(), sha256: z.string() });
const table = z.object({ schema: z.string(), name: z.string(), rows: z.number(), checksum: z.string().nullable() });
const sequence = z.object({ schema: z.string(), name: z.string(), value: z.string().nullable() });
const structure = z.object({
  kind: z.enum(['table', 'index', 'constraint', 'view', 'function', 'trigger', 'type']),
  name: z.string(),
  digest: z.string(),
});

const manifest = z.object({
  format: z.literal(1),
  id: z.string(),
  backup: z.string(),
  number: z.number(),
  startedAt: z.string(),
  finishedAt: z.string(),
  tools: z.object({ mainstay: z.string(), pgDump: z.string() }),
  database: z.object({
    database: z.string(),
    server: z.number(),
    systemIdentifier: z.string().nullable(),
    lsn: z.string(),
    snapshotAt: z.string(),
    bytes: z.number(),
    encoding: z.string(),
    collation: z.string(),
    ctype: z.string().optional(),
    localeProvider: z.string().nullish(),
    providerLocale: z.string().nullish(),
    extensions: z.array(z.object({ name: z.string(), version: z.string() })),
    roles: z.array(z.string()),
    migration: z.string().nullable(),
  }),
  tables: z.array(table),
  sequences: z.array(sequence),
  structure: z.array(structure),
  recipients: z.array(z.string()),
  dump: z.object({ compressedBytes: z.number(), compressedSha256: z.string() }),
  files: z.array(file),
  notes: file.optional(),
  warnings: z.array(z.string()).optional(),
}) satisfies z.ZodType<Manifest>;

/** What a manifest says; null when it is none, or one of another format. */
export function readManifest(text: string): Manifest | null {
  try {
    return manifest.safeParse(JSON.parse(text)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
