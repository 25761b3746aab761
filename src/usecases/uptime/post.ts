import type { UptimeAsked } from '../../domain/uptime/command.ts';
import type { Caller, Store } from '../ports.ts';
import type { UptimeDeps } from './deps.ts';
import { reportUptime } from './report.ts';

/** Has what became of these promises posted in a channel, each with its picture. Asked twice by one request it is posted once. */
export async function postUptime(
  deps: UptimeDeps & { readonly store: Store },
  caller: Caller,
  { asked, channel }: { readonly asked: readonly UptimeAsked[]; readonly channel: string },
): Promise<{ readonly count: number }> {
  const reports = await Promise.all(asked.map((one) => reportUptime(deps, one)));
  return deps.store.once(caller.requestKey, async (tx) => {
    await tx.save({
      events: [],
      deliveries: reports.map((report) => ({
        kind: 'post',
        to: { to: 'channel', channel },
        message: { type: 'uptime-report', report },
      })),
    });
    return { count: reports.length };
  });
}
