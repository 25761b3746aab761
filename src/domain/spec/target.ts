import type { Secret } from './secret.ts';

export const TARGET_KINDS = [
  'postgres',
  'sqlite',
  'redis',
  'http',
  'prometheus',
  'alertmanager',
  'host',
  'repository',
  'files',
  'storage',
  'cluster',
  'mainstay',
] as const;

export type TargetKind = (typeof TARGET_KINDS)[number];

/** A thing that duties and checks act on. One that does not exist here says why: it is shown, never green, never red. */
export type Target = {
  kind: TargetKind;
  title?: string;
  /** Of a database: the role that `sql.query` takes on. */
  role?: string;
  /** Of an Alertmanager: what lets Mainstay in, sent as a bearer token. */
  token?: string | Secret;
  /** Of an Alertmanager: the label by which alerts name their service. */
  serviceLabel?: string;
  /** Of storage that is not Amazon's: the address of its service. */
  endpoint?: string;
  /** Of storage: where the bucket is. */
  region?: string;
  /** Of storage: who Mainstay is there. */
  accessKey?: Secret;
  secretKey?: Secret;
  assumed?: string;
} & ({ url: string | Secret } | { notConnected: string });
