import type { AlertGroup } from '../../domain/alert/group.ts';
import { type AlertRefusal, unknownAlert } from '../../domain/alert/refusals.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import type { AlertDeps } from './change.ts';

/** One group of alerts as it is now. */
export async function showAlerts({ store }: AlertDeps, number: number): Promise<Outcome<AlertGroup, AlertRefusal>> {
  const group = await store.alertGroup(number);
  return group === null ? unknownAlert(number) : done(group);
}
