import { ACCESS_SUBJECT } from '../../domain/event.ts';
import { done, type Outcome, refused } from '../../domain/outcome.ts';
import type { CalendarKeys } from '../calendar-port.ts';
import { notPermitted } from '../permit.ts';
import type { Caller, Clock, SpecSource } from '../ports.ts';

/** Ends every link to a team's calendar, because one got into the wrong hands; from now on there are new ones. */
export function relinkCalendar(
  deps: { readonly spec: SpecSource; readonly clock: Clock; readonly calendarKeys: CalendarKeys },
  caller: Caller,
  { team }: { readonly team: string },
): Promise<Outcome<{ readonly team: string }, 'not-permitted' | 'unknown-team'>> {
  const { actor, requestKey } = caller;
  return deps.calendarKeys.once<Awaited<ReturnType<typeof relinkCalendar>>>(requestKey, async (tx) => {
    const now = deps.clock.now();
    const spec = deps.spec.current();
    const refusal = notPermitted(spec, 'duty.relink', caller, now);
    if (refusal !== null) {
      await tx.save({ events: [{ subject: ACCESS_SUBJECT, draft: refusal.event }] });
      return refusal.answer;
    }
    if (!Object.hasOwn(spec.teams, team))
      return refused('unknown-team', `"${team}" is no team of the operations spec.`);
    await tx.replaceKey(team);
    const body = { kind: 'calendar.relinked', team };
    await tx.save({ events: [{ subject: ACCESS_SUBJECT, draft: { actor, occurredAt: now, recordedAt: now, body } }] });
    return done({ team });
  });
}
