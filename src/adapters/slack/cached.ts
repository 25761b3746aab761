import type { Clock } from '../../usecases/ports.ts';

export interface Cached<Value> {
  /** The value, from Slack when it is older than its time or than `maxAge` (milliseconds). */
  get(maxAge?: number): Promise<Value>;
  forget(): void;
}

/**
 * Remembers what Slack answered for `lifetime` milliseconds. Those who ask at one time share one call. An answer that
 * is too old is better than none: it is given again while Slack does not answer.
 */
export function cached<Value>(clock: Clock, lifetime: number, load: () => Promise<Value>): Cached<Value> {
  let known: { readonly value: Value; readonly at: number } | null = null;
  let loading: Promise<Value> | null = null;
  const reload = async () => {
    try {
      const value = await load();
      known = { value, at: clock.now().getTime() };
      return value;
    } catch (error) {
      if (known !== null) return known.value;
      throw error;
    } finally {
      loading = null;
    }
  };
  return {
    get: async (maxAge = lifetime) => {
      if (known !== null && clock.now().getTime() - known.at < Math.min(maxAge, lifetime)) return known.value;
      loading ??= reload();
      return loading;
    },
    forget: () => {
      known = null;
    },
  };
}
