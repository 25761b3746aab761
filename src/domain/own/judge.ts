import type { DatabaseFacts, DiskFacts, OwnFacts } from './facts.ts';

type OwnStatus = 'ok' | 'degraded' | 'failing';

/** The parts of Mainstay's own health, as people and metrics call them. */
export const OWN_PARTS = ['database', 'slack', 'queue', 'work', 'clock', 'disk', 'spec'] as const;
export type OwnPartName = (typeof OWN_PARTS)[number];

/** Why a part is as it is. */
type OwnReason =
  | 'answers'
  | 'answers-slowly'
  | 'does-not-answer'
  | 'listening'
  | 'connected'
  | 'reconnecting'
  | 'not-connected'
  | 'moving'
  | 'lagging'
  | 'stuck'
  | 'keeps-time'
  | 'others-work'
  | 'stopped'
  | 'right'
  | 'off'
  | 'far-off'
  | 'room'
  | 'little-room'
  | 'no-room'
  | 'in-force'
  | 'not-everywhere'
  | 'database-away';

export interface OwnPart {
  readonly name: OwnPartName;
  /** `unknown` while the database that would say is away: it is that part's fault alone. */
  readonly status: OwnStatus | 'unknown';
  readonly reason: OwnReason;
  /** A sentence with the figure; holds no address, path or name of a person. */
  readonly detail: string;
}

/** How Mainstay itself is: as bad as its worst part. */
export interface OwnHealth {
  readonly status: OwnStatus;
  readonly parts: readonly OwnPart[];
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const MIB = 1024 ** 2;

/** What is not good enough any more, and what is bad. Times in milliseconds, room in bytes. */
export const OWN_LIMITS = {
  /** An answer that takes longer makes people wait. */
  slowAnswer: SECOND,
  /** Slack has a socket closed every few hours, and a new one open within seconds. */
  reconnect: MINUTE,
  /** What is promised is said within seconds; a minute's work is begun within the minute. */
  lag: 5 * MINUTE,
  stuck: 30 * MINUTE,
  /** Instances claim work by their clocks; Slack's requests are refused at five minutes. */
  clockOff: 5 * SECOND,
  clockFarOff: 5 * MINUTE,
  /** PostgreSQL writes ahead in files of 16 MiB, and stops at the last one. */
  littleRoom: 1024 * MIB,
  noRoom: 128 * MIB,
  /** It ticks each minute. */
  ticks: 5 * MINUTE,
} as const;

type Judged = Omit<OwnPart, 'name'>;

/** Judges what was measured; each part says why. */
export function judgeOwn(facts: OwnFacts): OwnHealth {
  const judged: Record<OwnPartName, Judged> = {
    database: database(facts.database),
    slack: slack(facts),
    queue: queue(facts.database),
    work: work(facts),
    clock: clock(facts),
    disk: disk(facts.disks),
    spec: spec(facts.database),
  };
  const parts = OWN_PARTS.map((name) => ({ name, ...judged[name] }));
  return { status: worst(parts.map(({ status }) => status)), parts };
}

const ok = (reason: OwnReason, detail: string): Judged => ({ status: 'ok', reason, detail });
const degraded = (reason: OwnReason, detail: string): Judged => ({ status: 'degraded', reason, detail });
const failing = (reason: OwnReason, detail: string): Judged => ({ status: 'failing', reason, detail });
const AWAY: Judged = { status: 'unknown', reason: 'database-away', detail: 'Not known while the database is away.' };

function database(facts: DatabaseFacts | null): Judged {
  if (facts === null) return failing('does-not-answer', 'The database does not answer.');
  const detail = `Answers in ${Math.round(facts.answerMs)} ms.`;
  return facts.answerMs > OWN_LIMITS.slowAnswer ? degraded('answers-slowly', detail) : ok('answers', detail);
}

function slack({ slack: { mode, state, stateForMs, lastEventAgeMs } }: OwnFacts): Judged {
  const last =
    lastEventAgeMs === null ? 'Nothing has come in yet.' : `Something last came in ${lasting(lastEventAgeMs)} ago.`;
  if (state === 'listening') return ok('listening', last);
  if (state === 'connected') return ok('connected', last);
  const since = `The socket has been ${mode === 'socket' && state === 'connecting' ? 'reconnecting' : 'closed'} for ${lasting(stateForMs)}. ${last}`;
  return stateForMs < OWN_LIMITS.reconnect ? degraded('reconnecting', since) : failing('not-connected', since);
}

function queue(facts: DatabaseFacts | null): Judged {
  if (facts === null) return AWAY;
  const { deliveries, jobs } = facts;
  const waits = queueLagMs(facts);
  const due = jobs.reduce((sum, { count }) => sum + count, 0);
  const detail = `${deliveries.pending} to say, ${deliveries.undeliverable} undeliverable, ${due} jobs due; the oldest waits ${lasting(waits)}.`;
  if (waits >= OWN_LIMITS.stuck) return failing('stuck', detail);
  return waits >= OWN_LIMITS.lag ? degraded('lagging', detail) : ok('moving', detail);
}

/** An action may run for hours, and the next one waits for it: nobody's fault while one is under way. */
const LONG_QUEUE = 'actions';

/** For how long the oldest thing waits that could be done or said now, in milliseconds; what waits its turn left out. */
export function queueLagMs({ deliveries, jobs }: Pick<DatabaseFacts, 'deliveries' | 'jobs'>): number {
  const late = jobs.filter(({ queue, underWay }) => queue !== LONG_QUEUE || underWay === 0);
  return Math.max(deliveries.oldestMs ?? 0, ...late.map(({ oldestMs }) => oldestMs));
}

function work({ sinceTickMs, database }: OwnFacts): Judged {
  if (sinceTickMs === null) return ok('others-work', 'This instance takes commands only.');
  const detail = `Last looked at what is due ${lasting(sinceTickMs)} ago.`;
  if (sinceTickMs < OWN_LIMITS.ticks) return ok('keeps-time', detail);
  return database === null ? AWAY : failing('stopped', detail);
}

function clock({ database, slackAheadMs }: OwnFacts): Judged {
  const found = [
    { against: 'the database', ms: database?.aheadMs ?? null },
    { against: 'Slack', ms: slackAheadMs },
  ].flatMap(({ against, ms }) => (ms === null ? [] : [{ against, ms }]));
  const [worstOne] = found.toSorted((one, other) => Math.abs(other.ms) - Math.abs(one.ms));
  if (worstOne === undefined) return { ...AWAY, detail: 'There is nothing to compare it with.' };
  const { against, ms } = worstOne;
  const detail = `${(Math.abs(ms) / SECOND).toFixed(1)} s ${ms > 0 ? 'behind' : 'ahead of'} ${against}.`;
  if (Math.abs(ms) >= OWN_LIMITS.clockFarOff) return failing('far-off', detail);
  return Math.abs(ms) >= OWN_LIMITS.clockOff ? degraded('off', detail) : ok('right', detail);
}

function disk(disks: readonly DiskFacts[]): Judged {
  const [fullest] = disks.toSorted((one, other) => one.freeBytes - other.freeBytes);
  if (fullest === undefined) return failing('no-room', 'The folder Mainstay writes to cannot be found.');
  const { place, freeBytes } = fullest;
  const where = place === 'home' ? 'MAINSTAY_HOME' : 'LOG_DIR';
  const detail = `${gib(freeBytes)} free at ${where}.`;
  if (freeBytes < OWN_LIMITS.noRoom) return failing('no-room', detail);
  return freeBytes < OWN_LIMITS.littleRoom ? degraded('little-room', detail) : ok('room', detail);
}

function spec(facts: DatabaseFacts | null): Judged {
  if (facts === null) return AWAY;
  const { alive, behind } = facts.instances;
  const running = alive === 1 ? '1 instance is alive' : `${alive} instances are alive`;
  if (behind === 0) return ok('in-force', `${running}.`);
  return degraded('not-everywhere', `${running}; ${behind} of them cannot run the spec in force.`);
}

function worst(statuses: readonly OwnPart['status'][]): OwnStatus {
  if (statuses.includes('failing')) return 'failing';
  return statuses.includes('degraded') ? 'degraded' : 'ok';
}

function gib(bytes: number): string {
  return bytes < 1024 * MIB ? `${Math.floor(bytes / MIB)} MiB` : `${(bytes / (1024 * MIB)).toFixed(1)} GiB`;
}

function lasting(ms: number): string {
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < 120 * MINUTE) return `${Math.floor(ms / MINUTE)} min`;
  return `${Math.floor(ms / (60 * MINUTE))} h`;
}
