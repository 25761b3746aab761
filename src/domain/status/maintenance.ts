import type { OperationsSpec } from '../spec/types.ts';
import { isOpenWindow, type MaintenanceWindow } from '../window/window.ts';
import { idOf } from './incidents.ts';
import type { WindowOnPage } from './page.ts';
import { slugOf } from './slug.ts';

const NEUTRAL = 'Planned maintenance';

/** What everybody sees of a maintenance window; null for one that nobody was told of, or of no public service. */
export function windowOnPage(
  window: MaintenanceWindow,
  spec: Pick<OperationsSpec, 'services' | 'windows'>,
  now: Date,
): WindowOnPage | null {
  const services = window.services.flatMap((key) => spec.services[key]?.public?.name ?? []);
  const [first] = services;
  if (window.announcedAt === null || !isOpenWindow(window) || first === undefined) return null;
  const underWay = window.status === 'started';
  const words = spec.windows.find(({ key }) => key === window.window)?.public;
  return {
    id: `maintenance-${idOf(window.startsAt)}-${slugOf(first)}`,
    title: `Maintenance of ${services.join(', ')}`,
    text: words ?? NEUTRAL,
    services,
    startsAt: underWay ? (window.started?.at ?? window.startsAt) : window.startsAt,
    endsAt: window.endsAt,
    underWay,
    overran: underWay && now >= new Date(window.endsAt),
  };
}
