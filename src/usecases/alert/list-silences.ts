import { isSilenceOfGroup, numberInMark } from '../../domain/alert/keep-silence.ts';
import { type ListedSilence, listSilences, type SilencesThere } from '../../domain/alert/listed-silence.ts';
import { isUnderWay } from '../../domain/window/covering.ts';
import { isSilenceOf, numberInComment, type Silence } from '../../domain/window/silence.ts';
import { connectedAlertmanagers } from './reach.ts';
import type { SilenceDeps } from './silence.ts';

/** What is silenced now or will be. */
export interface SilencesNow {
  readonly silences: readonly ListedSilence[];
  /** Alertmanagers that did not answer, with a sentence each. */
  readonly away: readonly { readonly target: string; readonly problem: string }[];
  /** How many Alertmanagers the spec names that can be asked. */
  readonly connected: number;
}

type Deps = Pick<SilenceDeps, 'store' | 'spec' | 'clock' | 'alertmanagers'>;

/** The silences of every Alertmanager of the spec, Mainstay's and other people's. */
export async function showSilences({ store, spec, clock, alertmanagers }: Deps): Promise<SilencesNow> {
  const connected = connectedAlertmanagers(spec.current());
  const there: SilencesThere[] = [];
  const away: { target: string; problem: string }[] = [];
  await Promise.all(
    connected.map(async ([target, at]) => {
      const [silences, alerts] = await Promise.all([alertmanagers.silences(at), alertmanagers.alerts(at, [])]);
      if (!silences.ok) away.push({ target, problem: silences.problem });
      else if (!alerts.ok) away.push({ target, problem: alerts.problem });
      else there.push({ target, silences: silences.value, quiet: alerts.value.map(({ silencedBy }) => silencedBy) });
    }),
  );
  const live = there.flatMap(({ silences }) => silences.filter(({ state }) => state !== 'expired'));
  const known = new Map<string, ListedSilence['of']>();
  for (const silence of live) known.set(silence.id, await whoseSilence({ store, clock }, silence));
  const silences = listSilences(there, ({ id }) => known.get(id) ?? null);
  return { silences, away, connected: connected.length };
}

/** What a silence is kept for here; null for other people's, for those of another installation, and for what a window left behind. */
export async function whoseSilence(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  silence: Silence,
): Promise<ListedSilence['of']> {
  const windowNumber = numberInComment(silence);
  const window = windowNumber === null ? null : await store.window(windowNumber);
  const isItsWindow = window !== null && isUnderWay(window, clock.now()) && isSilenceOf(window, silence);
  if (isItsWindow) return { kind: 'window', number: window.number };
  const alertNumber = numberInMark(silence);
  const group = alertNumber === null ? null : await store.alertGroup(alertNumber);
  const isIts = group?.silence != null && isSilenceOfGroup(group.number, group.silence, silence);
  return isIts ? { kind: 'alert', number: group.number } : null;
}
