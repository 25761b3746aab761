import type { AlertSource } from '../../domain/alert/notification.ts';
import { termsOfGroup } from '../../domain/alert/terms.ts';
import type { OperationsSpec } from '../../domain/spec/types.ts';
import { windowsCovering } from '../../domain/window/covering.ts';
import type { QuietCheck } from '../../domain/window/keep-quiet.ts';
import type { QuietThing } from '../../domain/window/quiet.ts';
import type { MaintenanceWindow } from '../../domain/window/window.ts';
import type { HeldGroup } from '../alert-port.ts';
import type { WindowDeps } from './change.ts';

/** Held groups that are looked through for those of a window; its card names far fewer. */
const MOST = 500;

/**
 * The groups of alerts that a window holds back, and those it held as they are now. What was found in an Alertmanager is not named
 * twice.
 *
 * @param found what fires there
 */
export async function heldGroups(
  { store, spec }: WindowDeps,
  window: MaintenanceWindow,
  found: readonly QuietThing[],
  now: Date,
): Promise<QuietCheck[]> {
  const known = new Map(window.quiet.things.flatMap((thing) => (thing.kind === 'group' ? [[thing.key, thing]] : [])));
  const rows = await store.heldAlertGroups([...known.keys()].map(placeOf), MOST);
  const there = new Set(found.map(({ key }) => key.slice(key.indexOf('/') + 1)));
  return rows.flatMap((row): QuietCheck[] => {
    const fails = row.firing.length > 0;
    const before = known.get(keyOf(row));
    if (before !== undefined) return [{ ...before, fails, isKept: false }];
    if (!fails || row.firing.some((fingerprint) => there.has(fingerprint))) return [];
    const thing = thingOf(row, window, spec.current(), now);
    return thing === null ? [] : [{ ...thing, fails, isKept: false }];
  });
}

/** Null when the window does not cover it, or it does not wait any more. */
function thingOf(row: HeldGroup, window: MaintenanceWindow, spec: OperationsSpec, now: Date): QuietThing | null {
  const { source, group, notice, firing } = row;
  if (notice === null) return null;
  const { title, summary, service } = termsOfGroup({ source, group, ...notice, firstUrl: '' }, spec);
  if (windowsCovering([window], { service, labels: notice.commonLabels }, now).length === 0) return null;
  const name = `${title.slice(0, 120)} (${firing.length} firing)`;
  return { kind: 'group', key: keyOf(row), name, detail: summary.slice(0, 200) };
}

function keyOf({ source, group }: Pick<HeldGroup, 'source' | 'group'>): string {
  return `${source} ${group}`;
}

function placeOf(key: string): { source: AlertSource; group: string } {
  const at = key.indexOf(' ');
  return { source: key.slice(0, at) as AlertSource, group: key.slice(at + 1) };
}
