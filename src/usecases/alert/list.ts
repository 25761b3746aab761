import type { FiringGroups } from '../alert-port.ts';
import type { AlertDeps } from './change.ts';

/** A page of the groups that fire now, the worst first; the last page where there are fewer. `page` counts from 1. */
export async function listAlerts(
  { store }: Pick<AlertDeps, 'store'>,
  { page, perPage }: { readonly page: number; readonly perPage: number },
): Promise<FiringGroups & { readonly page: number }> {
  const found = await store.firingAlertGroups({ limit: perPage, skip: (page - 1) * perPage });
  if (found.groups.length > 0 || page === 1) return { ...found, page };
  const last = Math.max(1, Math.ceil(found.firing / perPage));
  return { ...(await store.firingAlertGroups({ limit: perPage, skip: (last - 1) * perPage })), page: last };
}
