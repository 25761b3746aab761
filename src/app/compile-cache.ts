import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

/**
 * Keeps compiled sources below MAINSTAY_HOME: half of a start's work is taking types out of sources that did not change.
 * Not in the system's temporary folder, which others can write to. A home that does not exist yet is not made for this:
 * whoever makes it minds who may reach it. To be called before anything else is imported.
 */
export function keepCompiled(home: string | undefined): void {
  const folder = home || '.mainstay';
  if (existsSync(folder)) enableCompileCache(join(folder, 'compile-cache'));
}
