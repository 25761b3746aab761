import type { Backup } from '../spec/backup.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { BackupRun } from './backup.ts';
import { copyStanding } from './copying.ts';
import type { Keeping, Verification } from './keeping.ts';
import { offSiteOf } from './place.ts';
import type { BackupGlance } from './status.ts';

/** How the backups of one key that were made are kept, as one sees it at a glance. */
export interface KeptGlance {
  /** How many are kept here. */
  readonly count: number;
  /** Where copies go; `why` says what is in the way, where something is. */
  readonly offSite:
    | { readonly kind: 'none' }
    | { readonly kind: 'not-connected'; readonly why: string }
    | { readonly kind: 'store'; readonly copied: number; readonly pending: number; readonly why: string | null };
  readonly held: number;
  /** Backups with something wrong of which a person should know; those of which nothing could be told. */
  readonly unsound: readonly number[];
  readonly untold: readonly number[];
  /** What the last look at all copies showed; null before the first. */
  readonly look: (Verification & { readonly at: Date }) | null;
  /** Bytes of all copies at the looks before, the oldest first, and the last at the end. */
  readonly used: readonly number[];
  /** Old ones wait for a person's word; or none goes since the clock is not believed. */
  readonly deletion: 'waits' | 'paused' | null;
}

/** @param earlier what looks before showed, the latest first */
export function keptAt(
  runs: readonly BackupRun[],
  backup: Backup,
  {
    spec,
    keeping,
    earlier,
  }: {
    readonly spec: OperationsSpec;
    readonly keeping: Keeping;
    readonly earlier: readonly Verification[];
  },
): KeptGlance {
  const wrong = runs.filter(({ custody }) =>
    custody.look?.findings.some(({ verdict }) => verdict !== 'could-not-tell' && verdict !== 'one-key'),
  );
  const untold = runs.filter(({ custody }) =>
    custody.look?.findings.some(({ verdict }) => verdict === 'could-not-tell'),
  );
  const numbers = (of: readonly BackupRun[]) => of.map(({ number }) => number);
  return {
    count: runs.length,
    offSite: offSiteAt(runs, backup, spec),
    held: runs.filter(({ custody }) => custody.held !== null).length,
    unsound: numbers(wrong),
    untold: numbers(untold),
    look: keeping.verified,
    used: earlier.map(({ bytesHere, bytesOffSite }) => bytesHere + (bytesOffSite ?? 0)).reverse(),
    deletion:
      keeping.paused !== null ? 'paused' : keeping.proposed !== null && keeping.approved === null ? 'waits' : null,
  };
}

function offSiteAt(runs: readonly BackupRun[], backup: Backup, spec: OperationsSpec): KeptGlance['offSite'] {
  const offSite = offSiteOf(backup, spec);
  if (offSite.kind === 'none') return { kind: 'none' };
  if (offSite.kind === 'not-connected') return { kind: 'not-connected', why: offSite.why };
  const pending = runs.filter((run) => copyStanding(run, backup, spec).standing === 'pending');
  const why = pending.find(({ custody }) => custody.copying !== null)?.custody.copying?.reason ?? null;
  return { kind: 'store', copied: runs.length - pending.length, pending: pending.length, why };
}

/** A glance that also goes by how backups are kept: one that is young and damaged is not good. */
export function withKept(glance: BackupGlance, kept: KeptGlance): BackupGlance {
  const why = wrongWith(kept);
  if (why === null || glance.health !== 'good') return { ...glance, kept };
  return { ...glance, kept, health: 'failing', badness: 2, reason: why };
}

function wrongWith({ unsound, untold, offSite, deletion }: KeptGlance): string | null {
  const names = (of: readonly number[]) => of.map((number) => `BK-${number}`).join(', ');
  if (unsound.length > 0) return `something is wrong with ${names(unsound)}`;
  if (untold.length > 0) return `it could not be told whether ${names(untold)} are sound`;
  if (offSite.kind === 'store' && offSite.pending > 0 && offSite.why !== null) return `not copied: ${offSite.why}`;
  return deletion === 'paused' ? 'the clock is not believed, and no old one goes' : null;
}
