import type { Delivery } from '../delivery.ts';
import type { EventDraft } from '../event.ts';
import { done, type Outcome, refused } from '../outcome.ts';
import type { Backup } from '../spec/backup.ts';
import type { Milliseconds } from '../spec/duration.ts';
import type { BackupRun } from './backup.ts';
import type { BackupSituation } from './decision.ts';
import { type DrillEvent, type DrillLack, type DrillRun, isOpenDrill } from './drill.ts';
import type { DrillResult, RungName } from './ladder.ts';

type Situation = Omit<BackupSituation, 'spec'>;

/** What is written about a drill: events in order, and what is said about them. */
export interface DrillDecision {
  readonly events: readonly EventDraft<DrillEvent>[];
  readonly deliveries: readonly Delivery[];
}

export type DrillRefusal = 'nothing-to-drill' | 'unknown-backup' | 'not-sealed' | 'not-permitted' | 'unknown-drill';

/** A drill nobody has taken for so long: there is nobody who would. A worker looks every few seconds. */
const NOBODY_TAKES_IT: Milliseconds = 5 * 60_000;
/** One of which nothing was heard for so long was left: no rung takes a day. */
const NOTHING_HEARD: Milliseconds = 24 * 60 * 60_000;

function drillEvent<Body extends DrillEvent>({ actor, now }: Situation, body: Body): EventDraft<Body> {
  return { actor, occurredAt: now, recordedAt: now, body };
}

/** Shows it as it is now, where it is shown. */
function showDrill(number: number): Delivery {
  return { kind: 'render', key: `drill:${number}:card` };
}

/** What a drill is asked of. */
interface Asked {
  /** The backup that is to be restored. */
  readonly run: BackupRun;
  /** The one made before it. */
  readonly before: BackupRun | null;
  /** As the spec has it now. */
  readonly backup: Backup | null;
  readonly occurrence: string | null;
}

/** What is written when a drill is asked for. */
export function beginDrill(
  number: number,
  { run, before, backup, occurrence }: Asked,
  situation: Situation,
): Outcome<DrillDecision, DrillRefusal> {
  const { sealed } = run;
  if (sealed === null) return refused('not-sealed', `BK-${run.number} is no whole backup: it is ${run.status}.`);
  const terms = {
    backup: run.backup,
    title: run.title,
    of: run.number,
    id: sealed.id,
    manifestSha256: sealed.manifestSha256,
    previous: before?.sealed?.id ?? null,
    channel: run.channel,
    occurrence,
    offSite: backup?.storage !== undefined,
    smoke: backup?.smoke ?? [],
    rto: backup?.rto ?? null,
    rpo: backup?.rpo ?? null,
  };
  const card: Delivery = {
    kind: 'post',
    to: { to: 'channel', channel: run.channel },
    message: { type: 'drill-card', drill: number },
    keep: `drill:${number}:card`,
  };
  return done({ events: [drillEvent(situation, { kind: 'drill.requested', number, terms })], deliveries: [card] });
}

/** What a worker writes that was given the drill; null when it is over. One that runs was left by a worker that is gone. */
export function takeDrill(drill: DrillRun, situation: Situation): DrillDecision | null {
  if (!isOpenDrill(drill)) return null;
  const left = drill.status === 'running' ? [drillEvent(situation, { kind: 'drill.interrupted' })] : [];
  return { events: [...left, drillEvent(situation, { kind: 'drill.began' })], deliveries: [showDrill(drill.number)] };
}

/** How a drill ended, or that it goes on. */
export type DrillStep =
  | { readonly kind: 'reached'; readonly rung: RungName }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'ended'; readonly result: DrillResult }
  | { readonly kind: 'not-made'; readonly lack: DrillLack; readonly what: string };

/** What is written of it. Everything but a drill that was passed is said aloud. */
export function stepDrill(drill: DrillRun, step: DrillStep, situation: Situation): DrillDecision {
  const aloud: Delivery = {
    kind: 'post',
    to: { to: 'channel', channel: drill.channel },
    message: { type: 'drill-report', drill: drill.number },
  };
  const loud = step.kind === 'not-made' || (step.kind === 'ended' && step.result.verdict !== 'passed');
  return {
    events: [drillEvent(situation, eventOf(step))],
    deliveries: [showDrill(drill.number), ...(loud ? [aloud] : [])],
  };
}

function eventOf(step: DrillStep): DrillEvent {
  switch (step.kind) {
    case 'reached':
      return { kind: 'drill.reached', rung: step.rung };
    case 'interrupted':
      return { kind: 'drill.interrupted' };
    case 'ended':
      return { kind: 'drill.ended', result: step.result };
    case 'not-made':
      return { kind: 'drill.not-made', lack: step.lack, what: step.what };
  }
}

/** Whether nobody makes it; null while that cannot be said. */
export function unattended(drill: DrillRun, now: Date): DrillStep | null {
  const silent = now.getTime() - Date.parse(drill.movedAt);
  if (drill.status === 'requested' && silent >= NOBODY_TAKES_IT) {
    const what = 'no drill worker took it; `mainstay drill-worker` is one, with DRILL_IDENTITY_FILE in its environment';
    return { kind: 'not-made', lack: 'no-drill-worker', what };
  }
  if (drill.status === 'running' && silent >= NOTHING_HEARD) {
    return { kind: 'not-made', lack: 'drill-worker-gone', what: 'nothing was heard of its worker for a day' };
  }
  return null;
}
