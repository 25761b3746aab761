import { slackUser } from '../actor.ts';
import type { Delivery } from '../delivery.ts';
import type { EventDraft } from '../event.ts';
import { follow } from './apply.ts';
import { againAt, hasFailed, isRunning, lostAt } from './attempt.ts';
import { decideInterrupted, started, startWhenDue } from './by-itself.ts';
import { type RunDecision, type RunSituation, runEventNow } from './decision.ts';
import type { RunEvent } from './events.ts';
import { type DutyRun, graceEndsAt, isOpenRun } from './run.ts';
import { contactsLeft, nextContact, postCard, sayToOwner, showRun, tellContact } from './tell.ts';

/** What was done about a run because its time came, or why nothing was. */
export type LookReason =
  | 'ended'
  | 'not-yet'
  | 'announced'
  | 'asked'
  | 'grace-is-over'
  | 'next-contact-told'
  | 'nobody-left-to-tell'
  | 'snooze-is-over'
  | 'missed'
  | 'missed-unasked'
  | 'failed'
  | 'lost'
  | 'tried-again';

export interface Looked {
  /** In the order in which it was done; one reason when nothing was. */
  readonly reasons: readonly LookReason[];
  /** Null when nothing is to be written. */
  readonly decision: RunDecision | null;
}

interface Step extends RunDecision {
  readonly reason: LookReason;
}

const HOUR = 3_600_000;

/**
 * Everything that the hour asks of a run, all that an outage left undone included: told once, however many times it was
 * missed. What times mean is decision 10.
 *
 * A run that ran out of time before anybody was asked is missed without a word of its own: whoever plans tells of all of
 * those together.
 */
export function lookAtRun(run: DutyRun, situation: RunSituation): Looked {
  let now = run;
  const steps: Step[] = [];
  for (let step = nextStep(now, situation); step !== null; step = nextStep(now, situation)) {
    steps.push(step);
    now = follow(now, now.number, step.events);
  }
  if (steps.length === 0) return { reasons: [isOpenRun(run) ? 'not-yet' : 'ended'], decision: null };
  const events = steps.flatMap((step) => step.events);
  return { reasons: steps.map(({ reason }) => reason), decision: { events, deliveries: said(steps) } };
}

function nextStep(run: DutyRun, situation: RunSituation): Step | null {
  const { now } = situation;
  const has = (at: string | Date | null | undefined) => at !== null && at !== undefined && now >= new Date(at);
  if (!isOpenRun(run)) return null;
  if (isRunning(run)) return has(lostAt(run)) ? lost(run, situation) : null;
  if (has(run.missedAt)) return missed(run, situation);
  if (run.status === 'planned' && has(run.dueAt)) return asked(run, situation);
  if (run.status === 'planned' && run.announcedAt === null && has(run.announceAt)) return announced(run, situation);
  if (has(againAt(run))) return triedAgain(run, situation);
  if (run.status === 'due' && has(graceEndsAt(run))) return late(run, situation);
  if (run.status === 'late' && has(run.nextTellAt)) return escalated(run, situation);
  if (run.snooze !== null && has(run.snooze.until)) return reminded(run, situation);
  return null;
}

function announced(run: DutyRun, situation: RunSituation): Step {
  const post: Delivery = {
    kind: 'post',
    to: { to: 'channel', channel: run.channel },
    message: { type: 'run-announcement', run: run.number },
    keep: `run:${run.number}:announcement`,
  };
  return { reason: 'announced', events: [runEventNow(situation, { kind: 'run.announced' })], deliveries: [post] };
}

function asked(run: DutyRun, situation: RunSituation): Step {
  const bodies: RunEvent[] = [{ kind: 'run.due' }, ...startWhenDue(run, situation)];
  return {
    reason: 'asked',
    events: bodies.map((body) => runEventNow(situation, body)),
    deliveries: [postCard(run), ...showRun(run)],
  };
}

/** Nothing was heard of it for too long: the queue has lost it, or whoever had it. */
function lost(run: DutyRun, situation: RunSituation): Step {
  return { reason: 'lost', ...decideInterrupted(run, 'Nothing was heard of it any more', situation) };
}

function triedAgain(run: DutyRun, situation: RunSituation): Step {
  const event = runEventNow(situation, started(run, 'interrupted', situation));
  return { reason: 'tried-again', events: [event], deliveries: showRun(run) };
}

function late(run: DutyRun, situation: RunSituation): Step {
  const isAnybodyLeft = contactsLeft(run, situation.spec).length > 0;
  const event = runEventNow(situation, {
    kind: 'run.late',
    nextTellAt: isAnybodyLeft ? firstTellAt(run).toISOString() : null,
  });
  // A card that is posted late says so itself.
  const line = run.askedAt === situation.now.toISOString() ? [] : [sayToOwner(run, event)];
  return { reason: 'grace-is-over', events: [event], deliveries: [...line, ...showRun(run)] };
}

/** The team has a whole grace from when it was asked: an outage of ours is not its fault. */
function firstTellAt(run: DutyRun): Date {
  const askedAt = run.askedAt === null ? Date.parse(run.dueAt) : Date.parse(run.askedAt);
  return new Date(Math.max(graceEndsAt(run).getTime(), askedAt + run.grace));
}

/** One more contact in each further grace, and not more often than hourly. */
function escalated(run: DutyRun, situation: RunSituation): Step {
  const [contact = null, ...left] = contactsLeft(run, situation.spec);
  const nextTellAt =
    left.length === 0 ? null : new Date(situation.now.getTime() + Math.max(run.grace, HOUR)).toISOString();
  const finished = run.attempt?.finished ?? null;
  const why = hasFailed(run) ? ('failed' as const) : ('late' as const);
  const event = runEventNow(situation, { kind: 'run.escalated', why, told: contact, nextTellAt });
  if (contact === null) return { reason: 'nobody-left-to-tell', events: [event], deliveries: [] };
  const reason = finished?.outcome === 'succeeded' ? null : (finished?.summary ?? null);
  return { reason: 'next-contact-told', events: [event], deliveries: [tellContact(run, contact, why, reason)] };
}

function reminded(run: DutyRun, situation: RunSituation): Step {
  const { number, title, dueAt } = run;
  const by = run.snooze === null ? null : slackUser(run.snooze.by);
  const message = { type: 'run-reminder' as const, run: number, title, dueAt };
  return {
    reason: 'snooze-is-over',
    events: [runEventNow(situation, { kind: 'run.reminded' })],
    deliveries: by === null ? [] : [{ kind: 'post', to: { to: 'user', user: by }, message }],
  };
}

function missed(run: DutyRun, situation: RunSituation): Step {
  const isAsked = run.askedAt !== null;
  const isFailure = hasFailed(run);
  const why = isFailure ? ('failed' as const) : ('missed' as const);
  const event = runEventNow(situation, isFailure ? { kind: 'run.failed' } : { kind: 'run.missed', asked: isAsked });
  if (!isAsked) return { reason: 'missed-unasked', events: [event], deliveries: showRun(run) };
  const contact = nextContact(run, situation.spec);
  const events: EventDraft<RunEvent>[] = [event];
  const deliveries = [sayToOwner(run, event), ...showRun(run)];
  if (contact !== undefined) {
    events.push(runEventNow(situation, { kind: 'run.escalated', why, told: contact, nextTellAt: null }));
    deliveries.push(tellContact(run, contact, why, run.attempt?.finished?.summary ?? null));
  }
  return { reason: why, events, deliveries };
}

/** Each message that is edited in place is edited once, and not at all when it is posted just now. */
function said(steps: readonly Step[]): Delivery[] {
  const deliveries = steps.flatMap((step) => step.deliveries);
  const posts = deliveries.filter(({ kind }) => kind !== 'render');
  const fresh = posts.flatMap((post) => (post.kind === 'post' && post.keep !== undefined ? [post.keep] : []));
  const edited = deliveries.flatMap((delivery) => (delivery.kind === 'render' ? [delivery.key] : []));
  const keys = [...new Set(edited)].filter((key) => !fresh.includes(key));
  return [...posts, ...keys.map((key): Delivery => ({ kind: 'render', key }))];
}
