import type { Secret } from './secret.ts';

export const TARGET_KINDS = [
  'postgres',
  'sqlite',
  'http',
  'prometheus',
  'host',
  'repository',
  'files',
  'storage',
  'cluster',
] as const;

export type TargetKind = (typeof TARGET_KINDS)[number];

/** A thing that duties and checks act on. One that does not exist here says why: it is shown, never green, never red. */
export type Target = { kind: TargetKind; title?: string; assumed?: string } & (
  | { url: string | Secret }
  | { notConnected: string }
);

/** What automated duties can do, and the kinds of target each works on; null where it works on none. */
export const ACTIONS = {
  'http.get': ['http'],
  'sql.query': ['postgres'],
  'command.run': null,
  'spec.validate': null,
  'digest.post': null,
  'db.maintain': ['postgres'],
  'db.report': ['postgres'],
  prune: ['postgres'],
  'files.prune': ['files'],
} as const satisfies Record<string, readonly TargetKind[] | null>;

export type ActionName = keyof typeof ACTIONS;

export const ACTION_NAMES = Object.keys(ACTIONS) as ActionName[];
