import { runSubject } from '../event.ts';
import { done } from '../outcome.ts';
import type { Duty } from '../spec/duty.ts';
import { wallTimeAt, writtenWall } from '../time/wall.ts';
import { follow } from './apply.ts';
import { notConnectedReason } from './attempt.ts';
import { started } from './by-itself.ts';
import { type RunDecided, type RunSituation, runEventNow } from './decision.ts';
import type { RunEvent } from './events.ts';
import { notAutomated, notConnected } from './refusals.ts';
import { postCard } from './tell.ts';
import { termsOf } from './terms.ts';

/**
 * A run of an automated duty outside its calendar, due and begun at once. The run that its calendar asks for next is asked
 * for as ever.
 */
export function decideExtraRun(number: number, duty: Duty, situation: RunSituation): RunDecided {
  if (duty.run === undefined) return notAutomated(`"${duty.title}"`);
  const { now, spec } = situation;
  const reason = notConnectedReason(duty.run, spec);
  if (reason !== null) return notConnected(`"${duty.title}"`, reason);
  const zone = duty.when.timezone ?? spec.timezone;
  // Never the key of an occurrence of the calendar: those are times.
  const key = `asked-${runSubject(number)}`;
  const local = writtenWall(wallTimeAt(now, zone));
  const occurrence = { key, planned: local, at: now, local, zone };
  const terms = { ...termsOf(duty, occurrence, spec), announceAt: null };
  const planned = runEventNow(situation, { kind: 'run.planned' as const, number, terms });
  const run = follow(null, number, [planned]);
  const bodies: RunEvent[] = [{ kind: 'run.due' }, started(run, 'asked', situation)];
  return done({
    events: [planned, ...bodies.map((body) => runEventNow(situation, body))],
    deliveries: [postCard(run)],
  });
}
