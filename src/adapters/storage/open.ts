import type { StorePlace } from '../../domain/backup/place.ts';
import { folderStore } from './folder-store.ts';
import type { Store } from './store.ts';

/** The store at a place. */
export async function storeAt(place: StorePlace): Promise<Store> {
  if (place.kind === 'folder') return folderStore(place.path);
  // Half a second to read, which a folder need not wait for.
  const { s3Store } = await import('./s3.ts');
  return s3Store(place);
}
