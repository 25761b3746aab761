import type { Silence } from '../window/silence.ts';

/** A silence that has not ended, as people see it. */
export interface ListedSilence extends Silence {
  /** The targets' keys; those of a cluster have the same silences. */
  readonly targets: readonly string[];
  /** How many alerts it keeps quiet now. */
  readonly alerts: number;
  /** The maintenance window, or the group of alerts, it is kept for; null for other people's. */
  readonly of: { readonly kind: 'window' | 'alert'; readonly number: number } | null;
}

/** What one Alertmanager has. */
export interface SilencesThere {
  readonly target: string;
  readonly silences: readonly Silence[];
  /** Of each alert that it has, the ids of what silences it. */
  readonly quiet: readonly (readonly string[])[];
}

/**
 * The silences that keep something quiet now or will, each once: first those under way that do, then those that match nothing, both by
 * how soon they end; at last those that are still to begin, the soonest first.
 *
 * @param whose what each is kept for
 */
export function listSilences(
  there: readonly SilencesThere[],
  whose: (silence: Silence) => ListedSilence['of'],
): ListedSilence[] {
  const byId = new Map<string, ListedSilence>();
  for (const { target, silences, quiet } of there) {
    const counts = new Map<string, number>();
    for (const id of quiet.flatMap((ids) => [...new Set(ids)])) counts.set(id, (counts.get(id) ?? 0) + 1);
    for (const silence of silences) {
      if (silence.state === 'expired') continue;
      const known = byId.get(silence.id);
      const alerts = counts.get(silence.id) ?? 0;
      byId.set(silence.id, {
        ...silence,
        targets: [...(known?.targets ?? []), target],
        alerts: Math.max(alerts, known?.alerts ?? 0),
        of: known?.of ?? whose(silence),
      });
    }
  }
  return [...byId.values()].sort((a, b) => rank(a) - rank(b) || soonest(a) - soonest(b) || (a.id < b.id ? -1 : 1));
}

function rank({ state, alerts }: ListedSilence): number {
  if (state === 'pending') return 2;
  return alerts > 0 ? 0 : 1;
}

function soonest({ state, startsAt, endsAt }: ListedSilence): number {
  return Date.parse(state === 'pending' ? startsAt : endsAt);
}
