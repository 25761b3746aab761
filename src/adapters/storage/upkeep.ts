import { MANIFEST_FILE } from '../../domain/backup/restore-notes.ts';
import type { Store } from './store.ts';

/** Takes a copy away, its manifest first: what is left when that is not finished is no backup. @throws StoreFailed */
export async function removeCopy(store: Store, backup: string, id: string): Promise<void> {
  const there = `${backup}/${id}/`;
  const paths = (await store.list(there)).map(({ path }) => path);
  const manifest = `${there}${MANIFEST_FILE}`;
  for (const path of [manifest, ...paths.filter((one) => one !== manifest)]) await store.remove(path);
}

/** How much these backups take in the store; ends what nobody finished. @throws StoreFailed */
export async function survey(
  store: Store,
  backups: readonly string[],
  sweepBefore: Date,
): Promise<{ readonly bytes: number; readonly swept: number | null }> {
  let total = 0;
  for (const backup of backups) for (const { bytes } of await store.list(`${backup}/`)) total += bytes;
  return { bytes: total, swept: await store.sweep(sweepBefore) };
}
