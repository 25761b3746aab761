import { follow } from '../../domain/backup/apply.ts';
import type { BackupRun } from '../../domain/backup/backup.ts';
import { type CopyFound, type CopyPlace, type CopyVerdict, isGood, judgeCopy } from '../../domain/backup/canary.ts';
import type { CopyFinding } from '../../domain/backup/custody.ts';
import { backupEvent, showBackup } from '../../domain/backup/decision.ts';
import { keepingEvent, type Verification } from '../../domain/backup/keeping.ts';
import { offSiteOf, type StorePlace } from '../../domain/backup/place.ts';
import { backupChannel } from '../../domain/backup/request.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { backupSubject, type EventDraft, keepingSubject } from '../../domain/event.ts';
import type { Backup } from '../../domain/spec/backup.ts';
import { reveal } from '../../domain/spec/secret.ts';
import { CopyFailed } from '../backup-copies-port.ts';
import type { KeepDeps } from './copy.ts';

const SYSTEM = { kind: 'system', job: 'backup-look' } as const;
/** More than anybody keeps. */
export const MOST_KEPT = 10_000;
/** What nobody finished for a day nobody will. */
const UNFINISHED = 24 * 3_600_000;

interface Looked {
  readonly place: CopyPlace;
  readonly run: BackupRun;
  readonly verdict: CopyVerdict;
}

/**
 * Reads every copy of every kept backup of one key, here and elsewhere, and writes down what that showed. Only what changed is
 * said aloud, and a backup's own chain tells it.
 *
 * @param over aborted when this process ends
 */
export async function lookAtKept(deps: KeepDeps, backup: Backup, over: AbortSignal): Promise<void> {
  const { store, spec, clock, copies, root } = deps;
  const runs = await store.backups({ backup: backup.key, statuses: ['sealed'] }, MOST_KEPT);
  const offSite = offSiteOf(backup, spec.current());
  const elsewhere =
    offSite.kind === 'store' ? runs.filter(({ custody }) => custody.copy?.storage === offSite.storage) : [];
  const here: StorePlace = { kind: 'folder', path: root };
  const looked = [
    ...(await look(deps, 'here', here, { backup, runs, over })),
    ...(offSite.kind === 'store' ? await look(deps, 'off-site', offSite.place, { backup, runs: elsewhere, over }) : []),
  ];
  const before = new Date(clock.now().getTime() - UNFINISHED);
  const used = (place: StorePlace) =>
    copies.survey(place, [backup.key], before).then(
      ({ bytes }) => bytes,
      (error: unknown) => {
        if (error instanceof CopyFailed) return null;
        throw error;
      },
    );
  const bytesHere = (await used(here)) ?? 0;
  const bytesOffSite = offSite.kind === 'store' ? await used(offSite.place) : null;
  const sound = looked.filter(({ verdict }) => isGood(verdict)).length;
  const untold = looked.filter(({ verdict }) => verdict.verdict === 'could-not-tell').length;
  await record(deps, backup, looked, { looked: looked.length, sound, untold, bytesHere, bytesOffSite });
}

async function look(
  { copies }: KeepDeps,
  place: CopyPlace,
  at: StorePlace,
  { backup, runs, over }: { readonly backup: Backup; readonly runs: readonly BackupRun[]; readonly over: AbortSignal },
): Promise<Looked[]> {
  const ids = runs.flatMap(({ sealed }) => sealed?.id ?? []);
  const known = [...backup.recipients, ...backup.formerRecipients].map(reveal);
  const found = await read(copies, at, backup.key, ids, over);
  return runs.flatMap((run, index): Looked[] => {
    const copy = found[index];
    if (run.sealed === null || copy === undefined) return [];
    const { id, manifestSha256 } = run.sealed;
    return [{ place, run, verdict: judgeCopy({ number: run.number, id, manifestSha256 }, copy, known) }];
  });
}

async function read(
  copies: KeepDeps['copies'],
  at: StorePlace,
  key: string,
  ids: readonly string[],
  over: AbortSignal,
): Promise<readonly CopyFound[]> {
  if (ids.length === 0) return [];
  try {
    return await copies.read(at, key, ids, over);
  } catch (error) {
    if (!(error instanceof CopyFailed)) throw error;
    return ids.map(() => ({ kind: 'not-read', why: error.message }));
  }
}

async function record(
  { store, spec, clock, redact }: KeepDeps,
  backup: Backup,
  looked: readonly Looked[],
  sums: Verification,
): Promise<void> {
  await store.once(null, async (tx) => {
    const situation = { actor: SYSTEM, now: clock.now() };
    const events: { subject: string; draft: EventDraft }[] = [];
    const backups: BackupRun[] = [];
    const cards: Delivery[] = [];
    const aloud: ({ backup: number } & CopyFinding)[] = [];
    for (const { number } of new Set(looked.map(({ run }) => run))) {
      const run = await tx.backup(number);
      if (run?.status !== 'sealed') continue;
      const findings = looked.flatMap((one) => (one.run.number === number ? findingOf(one, redact) : []));
      if (run.custody.look !== null && sameFindings(run.custody.look.findings, findings)) continue;
      const draft = backupEvent(situation, { kind: 'backup.looked-at', findings });
      events.push({ subject: backupSubject(number), draft });
      backups.push(follow(run, number, [draft]));
      cards.push(showBackup(number));
      aloud.push(...findings.map((finding) => ({ backup: number, ...finding })));
    }
    const verified = keepingEvent(situation, { kind: 'keeping.verified', ...sums });
    events.push({ subject: keepingSubject(backup.key), draft: verified });
    const { key, title } = backup;
    const to = { to: 'channel', channel: backupChannel(backup, spec.current()) } as const;
    const told: Delivery[] =
      aloud.length === 0
        ? []
        : [{ kind: 'post', to, message: { type: 'backups-unsound', key, title, findings: aloud } }];
    await tx.save({ events, backups, deliveries: [...cards, ...told] });
  });
}

function findingOf({ place, verdict }: Looked, redact: (text: string) => string): CopyFinding[] {
  switch (verdict.verdict) {
    case 'sound':
      return [];
    case 'missing':
      return [{ place, verdict: 'missing', what: 'nothing of it is there' }];
    case 'damaged':
      return verdict.faults.map(({ file, what }) => ({ place, verdict: 'damaged', what: `${file}: ${what}` }));
    case 'unreadable':
    case 'one-key':
      return [{ place, verdict: verdict.verdict, what: verdict.needs.join(', ') }];
    case 'could-not-tell':
      return [{ place, verdict: 'could-not-tell', what: redact(verdict.why) }];
  }
}

/** The words of a fault may differ from day to day: what is wrong, and where, is the same. */
function sameFindings(one: readonly CopyFinding[], other: readonly CopyFinding[]): boolean {
  const short = (all: readonly CopyFinding[]) =>
    all
      .map(({ place, verdict }) => `${place} ${verdict}`)
      .sort()
      .join();
  return short(one) === short(other);
}
