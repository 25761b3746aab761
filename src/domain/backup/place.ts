import type { Backup } from '../spec/backup.ts';
import { reveal } from '../spec/secret.ts';
import type { Target } from '../spec/target.ts';
import type { OperationsSpec } from '../spec/types.ts';

/** Where a bucket is, and who we are there. */
export interface S3Address {
  readonly bucket: string;
  /** Within the bucket, without a slash at either end; empty for all of it. */
  readonly prefix: string;
  readonly region: string;
  /** Of a store that is not Amazon's; null for Amazon's. */
  readonly endpoint: string | null;
  readonly accessKey: string;
  readonly secretKey: string;
}

/**
 * Somewhere backups lie, ready to be used: with its keys in plain text, for the one process that needs them. Never stored,
 * logged or shown.
 */
export type StorePlace = { readonly kind: 'folder'; readonly path: string } | ({ readonly kind: 's3' } & S3Address);

/** Where copies of a backup go besides the folder they are made in. */
export type OffSite =
  | { readonly kind: 'none' }
  /** The spec names a place, and it is not here: shown, never green. */
  | { readonly kind: 'not-connected'; readonly storage: string; readonly why: string }
  | { readonly kind: 'store'; readonly storage: string; readonly place: StorePlace };

/** Amazon's own name for "anywhere", which stores of others take. */
const REGION = 'us-east-1';

/** Where copies of this backup go, by the spec. */
export function offSiteOf({ storage }: Pick<Backup, 'storage'>, spec: Pick<OperationsSpec, 'targets'>): OffSite {
  if (storage === undefined) return { kind: 'none' };
  const target = spec.targets[storage];
  if (target === undefined) return { kind: 'not-connected', storage, why: `the spec has no target ${storage}` };
  if ('notConnected' in target) return { kind: 'not-connected', storage, why: target.notConnected };
  const place = placeOf(target);
  return typeof place === 'string' ? { kind: 'not-connected', storage, why: place } : { kind: 'store', storage, place };
}

/** @returns what is missing, in words, when it cannot be used */
function placeOf(target: Extract<Target, { url: unknown }>): StorePlace | string {
  const url = reveal(target.url);
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/.exec(url) ?? [];
  if (bucket === undefined) {
    return target.kind === 'storage'
      ? { kind: 'folder', path: url }
      : `a target of kind ${target.kind} keeps no backups`;
  }
  if (target.accessKey === undefined || target.secretKey === undefined) {
    return 'its target names no accessKey and secretKey';
  }
  return {
    kind: 's3',
    bucket,
    prefix: prefix.replaceAll(/^\/+|\/+$/g, ''),
    region: target.region ?? REGION,
    endpoint: target.endpoint ?? null,
    accessKey: target.accessKey.reveal(),
    secretKey: target.secretKey.reveal(),
  };
}
