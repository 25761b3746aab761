import type { Actor } from '../../src/domain/actor.ts';
import type { Delivery } from '../../src/domain/delivery.ts';
import { apply } from '../../src/domain/duty/apply.ts';
import type { AttemptOutcome } from '../../src/domain/duty/attempt.ts';
import { beginRun } from '../../src/domain/duty/begin.ts';
import { type RunDecided, type RunDecision, type RunSituation, runEventNow } from '../../src/domain/duty/decision.ts';
import { decideDone } from '../../src/domain/duty/done.ts';
import type { RunEvent } from '../../src/domain/duty/events.ts';
import { type AttemptResult, decideFinish } from '../../src/domain/duty/finish.ts';
import { lookAtRun } from '../../src/domain/duty/look.ts';
import { occurrences } from '../../src/domain/duty/recurrence.ts';
import type { DutyRun, RunStatus } from '../../src/domain/duty/run.ts';
import { decideSkip } from '../../src/domain/duty/skip.ts';
import { rangeOf } from '../../src/domain/duty/terms.ts';
import { decideWaive } from '../../src/domain/duty/waive.ts';
import { type EventDraft, runSubject, type StoredEvent } from '../../src/domain/event.ts';
import { done } from '../../src/domain/outcome.ts';
import type { Duty } from '../../src/domain/spec/duty.ts';
import { aDuty, specWith } from './duty-spec.ts';
import { alice } from './incident-spec.ts';

/** One run and all that was written about it, with a clock of its own. It is due on 2 March 2026 at 08:00 UTC. */
export interface RunStory {
  run: DutyRun;
  readonly events: StoredEvent<RunEvent>[];
  /** What the last step promised. */
  deliveries: readonly Delivery[];
  now: Date;
  actor: Actor;
  readonly spec: RunSituation['spec'];
  /** Its action was approved in an earlier run. */
  approvedBefore: boolean;
}

/** @param at when it is planned; before it is due it must be announced to be there */
export function newRun(duty: Partial<Duty> = {}, at = '2026-03-02T08:00:00.000Z', approvedBefore = false): RunStory {
  const own = aDuty(duty);
  const spec = specWith(own);
  const now = new Date(at);
  const day = { from: new Date('2026-03-02T00:00:00Z'), to: new Date('2026-03-02T23:59:59Z') };
  const [occurrence] = occurrences(own.when, { ...rangeOf(own, spec), ...day });
  if (occurrence === undefined) throw new Error('nothing falls due on 2 March 2026');
  const situation = { actor: { kind: 'system', job: 'plan-duties' } as const, now, spec, approvedBefore };
  const { events, deliveries } = beginRun(1, { duty: own, occurrence, instead: null }, situation);
  const stored = store([], events);
  const actor = { kind: 'slack', user: alice } as const;
  return { run: fold(stored), events: stored, deliveries, now, actor, spec, approvedBefore };
}

/** Takes one step; what is refused is returned and changes nothing. */
export function step(story: RunStory, decide: (run: DutyRun, situation: RunSituation) => RunDecided): RunDecided {
  const decided = decide(story.run, situationOf(story));
  if (decided.ok) write(story, decided.value);
  return decided;
}

/** Moves the clock and does what the hour asks; the reasons. */
export function look(story: RunStory, at: string): readonly string[] {
  story.now = new Date(at);
  const situation = { ...situationOf(story), actor: { kind: 'system', job: 'follow-duties' } as const };
  const { reasons, decision } = lookAtRun(story.run, situation);
  story.deliveries = [];
  if (decision !== null) write(story, decision);
  return reasons;
}

/** An instance begins with the attempt that waits. */
export function begin(story: RunStory): void {
  step(story, (_, situation) => done({ events: [runEventNow(situation, { kind: 'run.begun' })], deliveries: [] }));
}

/** The attempt that runs ends so. */
export function finish(story: RunStory, outcome: AttemptOutcome, more: Partial<AttemptResult> = {}): void {
  const result = { outcome, summary: `It ${outcome}`, output: 'line 1\nline 2', took: 1_500, ...more };
  step(story, (run, situation) => done(decideFinish(run, result, situation)));
}

/** A story whose run has this status. */
export function runAt(status: RunStatus): RunStory {
  if (status === 'planned') return newRun({ announceBefore: 86_400_000 }, '2026-03-01T12:00:00.000Z');
  const story = newRun();
  const ways: Partial<Record<RunStatus, () => unknown>> = {
    late: () => look(story, '2026-03-02T12:00:00.000Z'),
    missed: () => look(story, '2026-03-03T08:00:00.000Z'),
    failed: () => {
      step(story, (_, at) =>
        done({ events: [runEventNow(at, { kind: 'run.started', mode: 'run', why: 'asked' })], deliveries: [] }),
      );
      finish(story, 'failed');
      look(story, '2026-03-03T08:00:00.000Z');
    },
    done: () => step(story, (run, at) => decideDone(run, { evidence: [] }, at)),
    skipped: () => step(story, (run, at) => decideSkip(run, { reason: 'Frozen' }, at)),
    waived: () => step(story, (run, at) => decideWaive(run, { reason: 'Moved', until: null }, at)),
    satisfied: () =>
      step(story, (_, { actor, now }) => {
        const body = { kind: 'run.satisfied', duty: 'yearly', occurrence: '2026-03-02T10:00' } as const;
        return done({ events: [{ actor, occurredAt: now, recordedAt: now, body }], deliveries: [] });
      }),
  };
  ways[status]?.();
  if (story.run.status !== status) throw new Error(`no way to ${status}`);
  return story;
}

export function fold(events: readonly StoredEvent<RunEvent>[]): DutyRun {
  const run = events.reduce<DutyRun | null>((state, event) => apply(state, event), null);
  if (run === null) throw new Error('nothing was planned');
  return run;
}

function situationOf({ actor, now, spec, approvedBefore }: RunStory): RunSituation {
  return { actor, now, spec, approvedBefore };
}

function write(story: RunStory, { events, deliveries }: RunDecision): void {
  for (const event of store(story.events, events)) {
    story.events.push(event);
    story.run = apply(story.run, event);
  }
  story.deliveries = deliveries;
}

function store(before: readonly unknown[], drafts: readonly EventDraft<RunEvent>[]): StoredEvent<RunEvent>[] {
  return drafts.map((draft, index) => ({
    ...draft,
    subject: runSubject(1),
    seq: before.length + index + 1,
    kind: draft.body.kind,
  }));
}
