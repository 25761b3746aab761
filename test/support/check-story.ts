import type { Delivery } from '../../src/domain/delivery.ts';
import { checkSubject, type StoredEvent } from '../../src/domain/event.ts';
import { apply } from '../../src/domain/health/apply.ts';
import { dependenciesOf, type KnownChecks } from '../../src/domain/health/dependencies.ts';
import type { CheckEvent } from '../../src/domain/health/events.ts';
import { type CheckGroup, groupsIn } from '../../src/domain/health/group.ts';
import { type Judgement, judge } from '../../src/domain/health/judge.ts';
import { afresh, beat, NO_PULSE, type Pulse } from '../../src/domain/health/pulse.ts';
import { blamable, quietIn } from '../../src/domain/health/quiet.ts';
import type { Answer } from '../../src/domain/health/sample.ts';
import { settle } from '../../src/domain/health/settle.ts';
import { type CheckState, unknownCheck } from '../../src/domain/health/state.ts';
import type { Severity } from '../../src/domain/incident/severity.ts';
import type { OperationsSpec } from '../../src/domain/spec/types.ts';
import type { Check } from '../../src/domain/spec/watching.ts';
import type { MaintenanceWindow } from '../../src/domain/window/window.ts';
import { incidentSpec } from './incident-spec.ts';

export const MINUTE = 60_000;
type TcpCheck = Extract<Check, { kind: 'tcp' }>;

/** A port that is asked every minute; one bad answer makes it fail. Its owners are told in #platform. */
export function aCheck(check: Partial<Omit<TcpCheck, 'kind'>> = {}): TcpCheck {
  return {
    key: 'checkout',
    title: 'Checkout answers',
    kind: 'tcp',
    target: 'checkout',
    every: MINUTE,
    timeout: 5_000,
    failAfter: 1,
    recoverAfter: 1,
    dependsOn: [],
    owner: 'platform',
    clause: [],
    ...check,
  };
}

export function specWithChecks(...checks: readonly Check[]): OperationsSpec {
  const platform = incidentSpec.teams['platform'];
  if (platform === undefined) throw new Error('the spec has no platform team');
  return {
    ...incidentSpec,
    teams: { ...incidentSpec.teams, platform: { ...platform, channel: 'platform' } },
    targets: { checkout: { kind: 'host', url: 'checkout:443' }, db: { kind: 'host', url: 'db:5432' } },
    checks: [...checks],
  };
}

/** Checks, their samples and all that was written about them, with a clock of its own. */
export class CheckStory {
  readonly spec: OperationsSpec;
  now = new Date('2026-11-21T14:00:00.000Z');
  readonly events: StoredEvent<CheckEvent>[] = [];
  readonly deliveries: Delivery[] = [];
  readonly reasons: Judgement['reason'][] = [];
  watching: readonly string[] = [];
  windows: readonly MaintenanceWindow[] = [];
  #groups: CheckGroup[] = [];
  readonly #states = new Map<string, CheckState>();
  readonly #pulses = new Map<string, Pulse>();

  constructor(...checks: readonly Check[]) {
    this.spec = specWithChecks(...checks);
  }

  state(key = 'checkout'): CheckState {
    return this.#states.get(key) ?? unknownCheck(key);
  }

  pulse(key = 'checkout'): Pulse {
    return this.#pulses.get(key) ?? NO_PULSE;
  }

  /** Messages that were posted anew. */
  posts(): Extract<Delivery, { kind: 'post' }>[] {
    return this.deliveries.filter((delivery) => delivery.kind === 'post');
  }

  /** The statuses it went through. */
  path(key = 'checkout'): string[] {
    return this.events.flatMap(({ subject, body }) =>
      subject === checkSubject(key) && body?.kind === 'check.changed' ? [body.to] : [],
    );
  }

  /** These checks answered so, at once; and what follows. Gives the reason of the first. */
  answers(answers: Readonly<Record<string, Answer>>, severity: Severity | null = null): Judgement['reason'] {
    for (const [key, answer] of Object.entries(answers)) {
      const sample = { at: this.now.toISOString(), answer, detail: `${key} ${answer}`, latencyMs: 10, severity };
      this.#pulses.set(key, beat(this.pulse(key), sample));
    }
    return this.settle(Object.keys(answers));
  }

  /** One answer of one check, a minute after the last. */
  next(answer: Answer, key = 'checkout', severity: Severity | null = null): Judgement['reason'] {
    this.now = new Date(this.now.getTime() + MINUTE);
    return this.answers({ [key]: answer }, severity);
  }

  /** First these, then those they hold, as the use case does it. Gives the reason of the first. */
  settle(keys: readonly string[]): Judgement['reason'] {
    const reason = this.#settle(keys);
    const held = [...this.#states.values()].filter(({ because }) => because !== null && keys.includes(because));
    if (held.length > 0) this.#settle(held.map(({ key }) => key));
    return reason;
  }

  #settle(all: readonly string[]): Judgement['reason'] {
    const known: KnownChecks = new Map(
      this.spec.checks.map((check) => [
        check.key,
        { check, state: this.state(check.key), pulse: this.pulse(check.key) },
      ]),
    );
    const judged = all.flatMap((key) => {
      const one = known.get(key);
      if (one === undefined) return [];
      const all = dependenciesOf(key, this.spec.checks);
      const dependencies = blamable(all, one.check, known, this.windows, this.now);
      const judgement = judge({ ...one, dependencies, known, now: this.now });
      return [{ ...one, judgement, window: quietIn(one.check, this.windows, this.now) }];
    });
    this.reasons.push(...judged.map(({ judgement }) => judgement.reason));
    const next = Math.max(0, ...this.#groups.map(({ number }) => number)) + 1;
    const groups = groupsIn(this.#groups, [next, next + 1], this.now);
    const situation = { actor: { kind: 'system', job: 'checks' } as const, now: this.now, spec: this.spec, groups };
    const settled = settle(judged, { ...situation, watching: this.watching });
    for (const { key, draft } of settled.events) {
      const state = this.state(key);
      const event = { ...draft, subject: checkSubject(key), seq: state.version + 1, kind: draft.body.kind };
      this.events.push(event);
      this.#states.set(key, apply(state, event));
    }
    for (const { key, afresh: again } of settled.again) if (again) this.#pulses.set(key, afresh(this.pulse(key)));
    this.deliveries.push(...groups.deliveries(), ...settled.deliveries);
    const changed = groups.changed();
    this.#groups = [...this.#groups.filter(({ number }) => !changed.some((one) => one.number === number)), ...changed];
    const [first] = judged;
    if (first === undefined) throw new Error('nothing was judged');
    return first.judgement.reason;
  }

  /** What its events lead to. */
  fold(key = 'checkout'): CheckState | null {
    return this.events
      .filter(({ subject }) => subject === checkSubject(key))
      .reduce<CheckState | null>((state, event) => apply(state, event), null);
  }
}
