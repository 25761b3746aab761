import type { AlertGroup, GroupSilence } from '../../domain/alert/group.ts';
import { type GroupSilenceSeen, groupSilenceStep, keepGroupSilenced } from '../../domain/alert/keep-silence.ts';
import { alertSubject } from '../../domain/event.ts';
import type { Alertmanagers } from '../silence-port.ts';
import { inTurns } from '../turns.ts';
import { type AlertDeps, writeAlerts } from './change.ts';
import { askedOnce, type ConnectedAlertmanager, connectedAlertmanagers } from './reach.ts';

export interface SilencingDeps extends AlertDeps {
  readonly alertmanagers: Alertmanagers;
}

/** What was written about one group, for the log. */
interface SilencesKept {
  readonly alert: string;
  readonly events: readonly string[];
}

/** A silence that a look has opened. */
interface Opened {
  readonly at: ConnectedAlertmanager;
  readonly id: string;
}

const LEFT_THE_SPEC = 'the spec names it no more';
const ITSELF = { kind: 'system', job: 'keep-quiet' } as const;

/**
 * Sees that what people wanted silenced is, to its time, once; and ends what they ended. What is there is asked first: it may be done
 * again at any time, also after it was done and not recorded. One Alertmanager after the other, as those of a cluster tell each other.
 *
 * @throws AggregateError after all were tried
 */
export async function keepAlertsSilenced(allDeps: SilencingDeps): Promise<readonly SilencesKept[]> {
  const deps = { ...allDeps, alertmanagers: askedOnce(allDeps.alertmanagers) };
  const see = async (number: number) => {
    // As it is now: nothing is opened that was meanwhile ended.
    const group = await deps.store.alertGroup(number);
    return group?.silence == null ? [] : [await keepOne(deps, group, group.silence)];
  };
  const numbers = await deps.store.alertsToSilence();
  return (await inTurns(deps.clock, numbers, see, 'alerts could not be kept silenced')).flat();
}

async function keepOne(deps: SilencingDeps, group: AlertGroup, silence: GroupSilence): Promise<SilencesKept> {
  const { number } = group;
  const connected = new Map(connectedAlertmanagers(deps.spec.current()));
  const seen: GroupSilenceSeen[] = [];
  const opened: Opened[] = [];
  for (const target of Object.keys(silence.targets)) {
    const at = connected.get(target);
    // What left the spec cannot be asked, and ends there by itself. What was never opened there need not end.
    const left = silence.targets[target]?.id == null ? null : LEFT_THE_SPEC;
    seen.push(at === undefined ? nothing(target, left) : await seeTo(deps, group, silence, [target, at], opened));
  }
  const kept = await deps.store.once<SilencesKept | null>(null, async (tx) => {
    const current = await tx.alertGroup(number);
    const isSame = current?.silence?.at === silence.at && (current.silence.ended === null) === (silence.ended === null);
    // Somebody was quicker: the next look sees to what they want.
    if (current === null || !isSame) return null;
    const { events } = keepGroupSilenced(current, seen, { actor: ITSELF, now: deps.clock.now() });
    if (events.length > 0) await writeAlerts(tx, current, events, {});
    return { alert: alertSubject(number), events: events.map(({ body }) => body.kind) };
  });
  // Who was quicker may have looked before it was there, and not look again.
  if (kept === null) for (const { at, id } of opened) await deps.alertmanagers.expire(at, id);
  return kept ?? { alert: alertSubject(number), events: [] };
}

async function seeTo(
  { alertmanagers, clock }: SilencingDeps,
  group: AlertGroup,
  silence: GroupSilence,
  [target, at]: readonly [string, ConnectedAlertmanager],
  opened: Opened[],
): Promise<GroupSilenceSeen> {
  const found = await alertmanagers.silences(at);
  if (!found.ok) return nothing(target, found.problem);
  const { reason, put, kept, expire } = groupSilenceStep(group, silence, found.value, clock.now());
  for (const id of expire) {
    const expired = await alertmanagers.expire(at, id);
    if (!expired.ok) return nothing(target, expired.problem);
  }
  if (put !== null) {
    const id = await alertmanagers.put(at, put);
    if (!id.ok) return nothing(target, id.problem);
    opened.push({ at, id: id.value });
    return { ...nothing(target, null), silence: { id: id.value, until: put.endsAt } };
  }
  return { ...nothing(target, null), silence: kept, endedElsewhere: reason === 'ended-elsewhere' };
}

function nothing(target: string, problem: string | null): GroupSilenceSeen {
  return { target, silence: null, endedElsewhere: false, problem };
}
