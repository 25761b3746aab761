import { alertSubject } from '../event.ts';
import type { Silence, SilenceDraft } from '../window/silence.ts';
import { type AlertDecision, type AlertSituation, alertEventNow } from './decision.ts';
import type { AlertEvent } from './events.ts';
import type { AlertGroup, GroupSilence } from './group.ts';

/** So long after its time an Alertmanager that is away is waited for; by then the silence has long ended by itself; ms. */
const PATIENCE = 10 * 60_000;

/** Alertmanager's clock may be ahead: what has ended within this time of its end has ended by itself; ms. */
const SAME_TIME = 60_000;

/** What is to be done in one Alertmanager, with a named reason. */
export interface GroupSilenceStep {
  readonly reason: 'opens' | 'is-there' | 'ended-elsewhere' | 'is-over';
  readonly put: SilenceDraft | null;
  /** The one there is. */
  readonly kept: { readonly id: string; readonly until: string } | null;
  /** Ids of silences that are too many. */
  readonly expire: readonly string[];
}

/** By which a silence is found again whatever became of us in between; the instant tells two installations and two silences apart. */
function mark(number: number, { at }: Pick<GroupSilence, 'at'>): string {
  return `(${alertSubject(number)}, asked in Slack ${at})`;
}

/** The number of the group that a silence was opened for, here or in another installation; null for other silences. */
export function numberInMark({ comment }: Pick<Silence, 'comment'>): number | null {
  const number = /\(ALERT-(\d{1,9}), asked in Slack [^)]*\)$/.exec(comment)?.[1];
  return number === undefined ? null : Number(number);
}

/** Is it what somebody wanted for this group? */
export function isSilenceOfGroup(
  number: number,
  silence: Pick<GroupSilence, 'at'>,
  { comment }: Pick<Silence, 'comment'>,
): boolean {
  return comment.endsWith(mark(number, silence));
}

/**
 * What is to be done so that there is exactly one silence until its time. Asked again after it was done it says that nothing is. What
 * somebody changed or ended in Alertmanager stays so; what Alertmanager has lost is opened again.
 *
 * @param found all silences of that Alertmanager, those that have expired too
 */
export function groupSilenceStep(
  { number }: Pick<AlertGroup, 'number'>,
  silence: GroupSilence,
  found: readonly Silence[],
  now: Date,
): GroupSilenceStep {
  const { until, comment, name, matchers, ended } = silence;
  const own = found
    .filter((one) => isSilenceOfGroup(number, silence, one))
    .sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt) || (a.id < b.id ? -1 : 1));
  const isPast = now >= new Date(until);
  // Past its time only what somebody gave a later end: the others end by themselves.
  const live = own.filter(
    ({ state, endsAt }) => state !== 'expired' && (!isPast || ended !== null || endsAfter(endsAt, until)),
  );
  const none = { put: null, kept: null };
  if (ended !== null) return { reason: 'is-over', ...none, expire: live.map(({ id }) => id) };
  const [kept, ...others] = live;
  if (kept !== undefined) {
    const there = { id: kept.id, until: new Date(kept.endsAt).toISOString() };
    return { reason: 'is-there', put: null, kept: there, expire: others.map(({ id }) => id) };
  }
  const isThrough = own.some((one) => endsAfter(one.endsAt, until, -SAME_TIME));
  if (isPast || isThrough) return { reason: 'is-over', ...none, expire: [] };
  if (own.length > 0) return { reason: 'ended-elsewhere', ...none, expire: [] };
  const words = `${comment} ${mark(number, silence)}`;
  const put = { matchers, startsAt: now.toISOString(), endsAt: until, createdBy: name, comment: words };
  return { reason: 'opens', put, kept: null, expire: [] };
}

function endsAfter(endsAt: string, until: string, margin = 0): boolean {
  return Date.parse(endsAt) > Date.parse(until) + margin;
}

/** What one Alertmanager came to. */
export interface GroupSilenceSeen {
  /** The target's key. */
  readonly target: string;
  /** The silence there is now; null where there is none, and where it could not be asked. */
  readonly silence: { readonly id: string; readonly until: string } | null;
  readonly endedElsewhere: boolean;
  /** Why it is not as it should be; null when it is. */
  readonly problem: string | null;
}

/** What is written of a group about its silence; its card follows. */
export function keepGroupSilenced(
  { silence }: Pick<AlertGroup, 'silence'>,
  seen: readonly GroupSilenceSeen[],
  situation: AlertSituation,
): AlertDecision {
  if (silence == null) return { events: [], deliveries: [] };
  const bodies = seen.flatMap((one) => eventsOf(silence, one, situation.now));
  // What somebody ended in one Alertmanager stays in the others.
  const ended = new Set(seen.flatMap(({ target, endedElsewhere }) => (endedElsewhere ? [target] : [])));
  const isEnded =
    silence.ended === null && ended.size > 0 && Object.keys(silence.targets).every((key) => ended.has(key));
  const all: AlertEvent[] = [
    ...(isEnded ? [{ kind: 'alerts.silence_ended' as const, why: 'elsewhere' as const }] : []),
    ...bodies,
  ];
  return { events: all.map((body) => alertEventNow(situation, body)), deliveries: [] };
}

function eventsOf(wanted: GroupSilence, { target, silence, problem }: GroupSilenceSeen, now: Date): AlertEvent[] {
  const before = wanted.targets[target];
  if (before === undefined) return [];
  if (problem !== null) {
    const last = Math.max(Date.parse(wanted.until), Date.parse(before.until ?? wanted.until));
    const isGone = now.getTime() >= last + PATIENCE;
    if (isGone) return [{ kind: 'alerts.unsilenced', target }];
    return before.problem === problem ? [] : [{ kind: 'alerts.not_silenced', target, problem }];
  }
  if (silence === null) return [{ kind: 'alerts.unsilenced', target }];
  const { id, until } = silence;
  const isSame = before.id === id && before.until === until && before.problem === null;
  return isSame ? [] : [{ kind: 'alerts.silenced', target, id, until }];
}
