import type { Caller } from '../ports.ts';
import type { HealthDeps } from './deps.ts';

/** Has a channel told of every change until then. Asked again it is until the new time. */
export async function watchChecks(
  { checks }: Pick<HealthDeps, 'checks'>,
  { actor }: Caller,
  { channel, until }: { readonly channel: string; readonly until: Date },
): Promise<void> {
  await checks.watch(channel, until, actor.kind === 'slack' ? actor.user : actor.kind);
}

/** False when it did not watch. */
export function unwatchChecks({ checks }: Pick<HealthDeps, 'checks'>, channel: string): Promise<boolean> {
  return checks.unwatch(channel);
}
