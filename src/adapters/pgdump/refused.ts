/** It was not begun, and would not have been good: what has to be mended first. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
}
