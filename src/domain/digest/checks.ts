import { isDown } from '../health/state.ts';
import { type CheckView, severityOf, worstFirst } from '../health/view.ts';
import type { DigestFacts } from './facts.ts';
import { counted, type DigestSection, LINE } from './section.ts';

/** The team's checks that fail or cannot be asked, the worst first; what is well is a count. */
export function checksSection({ checks }: DigestFacts): DigestSection | null {
  const asked = checks.filter(({ notConnected }) => notConnected === null);
  if (asked.length === 0) return null;
  const bad = worstFirst(asked.filter(isBad));
  const down = bad.filter(({ state }) => isDown(state)).length;
  const unclear = bad.length - down;
  const well = asked.filter(({ state }) => state.status === 'ok').length;
  return {
    name: 'checks',
    title: 'Failing checks',
    sum: [...(down > 0 ? [`${down} failing`] : []), ...(unclear > 0 ? [`${unclear} unknown`] : [])].join(', '),
    lines: bad.map((view) => ({
      ...LINE,
      mark: isDown(view.state) ? (severityOf(view) ?? 'missed') : 'unrated',
      title: view.check.title,
      said: saidOf(view),
      at: view.state.since,
    })),
    left: 0,
    more: '/health',
    green: bad.length === 0 && well > 0 ? `${counted(well, 'check')} well` : null,
  };
}

function isBad({ state }: CheckView): boolean {
  return isDown(state) || state.status === 'held' || state.reason === 'could-not-tell';
}

function saidOf({ state }: CheckView): string {
  const muted = state.mute === null ? '' : ', muted';
  if (state.reason === 'could-not-tell') return `cannot be asked${muted}, since`;
  return `${state.status}${muted}, since`;
}
