import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { MANIFEST_FILE } from '../../domain/backup/restore-notes.ts';
import { backupFolders, foldersIn, sweep } from './folder.ts';

/** Folders of attempts that have no manifest: what is being made, and what was left. */
async function unfinishedIn(root: string): Promise<{ readonly backup: string; readonly id: string }[]> {
  const found: { backup: string; id: string }[] = [];
  for (const backup of await backupFolders(root, null)) {
    for (const id of await foldersIn(root, backup)) {
      const isWhole = await access(join(root, backup, id, MANIFEST_FILE)).then(
        () => true,
        () => false,
      );
      if (!isWhole) found.push({ backup, id });
    }
  }
  return found;
}

/** What attempts left below this folder. */
export function leftoversIn(root: string) {
  return {
    unfinished: () => unfinishedIn(root),
    sweep: async (backup: string, id: string): Promise<boolean> => (await sweep(root, backup, id)) === null,
  };
}
