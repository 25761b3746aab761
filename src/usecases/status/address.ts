import type { SpecSource } from '../ports.ts';

/** Where everybody finds the status page; null when there is none. `url` is null when nobody said how browsers reach Mainstay. */
export function statusAddress({
  spec,
  baseUrl,
}: {
  readonly spec: SpecSource;
  readonly baseUrl: string | null;
}): { readonly url: string | null } | null {
  if (spec.current().status?.public !== true) return null;
  return { url: baseUrl === null ? null : `${baseUrl}/status` };
}
