import type { StoredEvent } from '../../domain/event.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import type { WindowEvent } from '../../domain/window/events.ts';
import { unknownWindow, type WindowRefusal } from '../../domain/window/refusals.ts';
import type { MaintenanceWindow } from '../../domain/window/window.ts';
import type { WindowDeps } from './change.ts';

/** One window as it is now, and what happened to it, in order. */
export async function showWindow(
  deps: Pick<WindowDeps, 'store'>,
  number: number,
): Promise<
  Outcome<{ readonly window: MaintenanceWindow; readonly events: readonly StoredEvent<WindowEvent>[] }, WindowRefusal>
> {
  const window = await deps.store.window(number);
  if (window === null) return unknownWindow(number);
  const events: StoredEvent<WindowEvent>[] = [];
  for await (const event of deps.store.windowEvents(number)) events.push(event);
  return done({ window, events });
}
