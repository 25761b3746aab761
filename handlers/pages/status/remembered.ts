/** What was loaded last. `stale`: it could not be loaded anew when it should have been. */
export interface Remembered<Value> {
  readonly value: Value;
  readonly stale: boolean;
}

export interface RememberOptions {
  /** For how long what was loaded is shown without loading again; milliseconds. */
  readonly fresh: number;
  /** Whoever asks waits so long for what is being loaded, then gets what was loaded before; milliseconds. */
  readonly patience: number;
  /** The same while nothing was loaded yet. */
  readonly firstPatience: number;
  /** A clock that nobody moves; milliseconds. */
  readonly age: () => number;
  readonly failed: (error: unknown) => void;
}

/**
 * Loads at most once in a while, however many ask: whoever asks while it is loaded waits for the same answer. When loading
 * fails or hangs, the last answer goes on; null only where there has never been one.
 */
export function remembered<Value>(
  load: () => Promise<Value>,
  { fresh, patience, firstPatience, age, failed }: RememberOptions,
): () => Promise<Remembered<Value> | null> {
  let last: { readonly value: Value; readonly at: number } | null = null;
  let loading: { readonly done: Promise<void>; readonly since: number } | null = null;
  let triedAt = Number.NEGATIVE_INFINITY;
  let isAway = false;

  const isFresh = () => last !== null && age() - last.at < fresh;
  const begin = () => {
    const since = age();
    triedAt = since;
    const done = load()
      .then((value) => {
        last = { value, at: since };
        isAway = false;
      })
      .catch((error) => {
        isAway = true;
        failed(error);
      })
      .finally(() => {
        loading = null;
      });
    loading = { done, since };
  };

  return async () => {
    if (!isFresh()) {
      if (loading === null && age() - triedAt >= fresh) begin();
      // What has hung longer than that is not waited for by everybody who comes.
      const most = last === null ? firstPatience : patience;
      if (loading !== null && (last === null || age() - loading.since < patience)) await within(most, loading.done);
    }
    // What came slowly is as good as what came at once: too late is only what is still waited for, or failed.
    return last === null ? null : { value: last.value, stale: !isFresh() && (isAway || loading !== null) };
  };
}

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
