import type { OwnReport } from '../own-port.ts';

export interface OwnHealthDeps {
  /** Of Mainstay. */
  readonly version: string;
  own(): Promise<OwnReport>;
}

/** How the instance that is asked is. Nothing of it is private, and it changes nothing: everybody may know. */
export async function showOwnHealth({
  version,
  own,
}: OwnHealthDeps): Promise<{ readonly version: string; readonly report: OwnReport }> {
  return { version, report: await own() };
}
