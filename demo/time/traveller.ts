/**
 * Moves the demo's clock a step at a time and has the app look at each: so that what falls due on the way falls due then, turns
 * late then, and is told of then, as if one had waited.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { TimeView } from '../show/wire.ts';
import type { MovedClock } from './moved-clock.ts';
import { stopsOf, type TimeStep } from './steps.ts';

/** Slow enough to watch: a week takes half a minute at least; in milliseconds. */
const PACE_MS = 70;

export interface Traveller {
  view(): TimeView;
  /** Begins a step. False when one is under way already. */
  go(step: TimeStep): boolean;
  /** Ends the step under way at its next stop; resolves when it has ended. */
  halt(): Promise<void>;
}

/**
 * @param o.look has the app do what it does each minute; resolves when what it says is said
 * @param o.moved is called after each stop
 */
export function traveller(o: {
  clock: MovedClock;
  look: () => Promise<void>;
  moved: () => void;
  print: (line: string) => void;
}): Traveller {
  const { clock, look, moved } = o;
  let halting = new AbortController();
  let under: { readonly step: TimeStep; readonly until: number } | null = null;
  let journey = Promise.resolve();

  async function travel(stops: readonly number[], signal: AbortSignal): Promise<void> {
    try {
      for (const stop of stops) {
        if (signal.aborted) return;
        clock.moveTo(stop);
        moved();
        await Promise.all([look(), delay(stops.length > 1 ? PACE_MS : 0)]);
      }
    } catch (cause) {
      o.print(`The demo's clock stopped on its way: ${cause instanceof Error ? cause.message : String(cause)}`);
    } finally {
      under = null;
      moved();
    }
  }

  return {
    view: () => ({ ahead: clock.ahead(), step: under?.step ?? null, until: under?.until ?? null }),
    go(step) {
      if (under !== null) return false;
      const stops = stopsOf(step, clock.now());
      under = { step, until: stops.at(-1) ?? clock.now() };
      halting = new AbortController();
      journey = travel(stops, halting.signal);
      return true;
    },
    async halt() {
      halting.abort();
      await journey;
    },
  };
}
