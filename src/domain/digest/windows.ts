import { windowSubject } from '../event.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { MaintenanceWindow } from '../window/window.ts';
import type { DigestFacts } from './facts.ts';
import { type DigestLine, type DigestMark, type DigestSection, LINE, summed } from './section.ts';

/**
 * Maintenance windows that are the team's or touch its services: over their time, under way, those nobody has said of what
 * was done, and what comes in the rest of the day. Null for a team without any.
 */
export function windowsSection({ team, spec, now, endOfToday, windows }: DigestFacts): DigestSection | null {
  const isTheirs = (window: Touching) => touches(window, team, spec);
  const open = windows.open.filter(isTheirs);
  const under = open.filter(({ status }) => status === 'started');
  const over = under.filter(({ endsAt }) => Date.parse(endsAt) <= now.getTime());
  const owed = windows.unreported.filter(isTheirs);
  const today = [
    ...open
      .filter(({ status, startsAt }) => status !== 'started' && Date.parse(startsAt) < endOfToday.getTime())
      .map((window) => lineOf(window, 'coming', 'begins', window.startsAt)),
    ...windows.coming
      .filter(({ window: { affects: services, owner = null } }) => isTheirs({ services, owner }))
      .map(({ window, occurrence: { at } }) => comingLine(window.title, at)),
  ].sort((a, b) => Date.parse(a.at ?? '') - Date.parse(b.at ?? ''));
  const lines = [
    ...over.map((window) => lineOf(window, 'late', 'over its time since', window.endsAt)),
    ...under
      .filter((one) => !over.includes(one))
      .map((window) => lineOf(window, 'due', 'under way until', window.endsAt)),
    ...today,
    ...owed.map((window) => lineOf(window, 'owed', 'what was done? It ended', window.ended?.at ?? window.endsAt)),
  ];
  const isKnown = spec.windows.some(({ affects: services, owner = null }) => isTheirs({ services, owner }));
  if (lines.length === 0 && !isKnown) return null;
  return {
    name: 'windows',
    title: 'Maintenance windows',
    sum: summed([
      [over.length, 'over time'],
      [under.length - over.length, 'under way'],
      [today.length, today.length === 1 ? 'window today' : 'windows today'],
      [owed.length, 'without a report'],
    ]),
    lines,
    left: 0,
    more: '/maintenance list',
    green: lines.length === 0 ? 'no maintenance today' : null,
  };
}

type Touching = Pick<MaintenanceWindow, 'services' | 'owner'>;

function touches({ services, owner }: Touching, team: string, spec: Pick<OperationsSpec, 'services'>): boolean {
  return owner === team || services.some((service) => spec.services[service]?.team === team);
}

function lineOf(window: MaintenanceWindow, mark: DigestMark, said: string, at: string): DigestLine {
  const { number, title, lead } = window;
  return { ...LINE, mark, subject: windowSubject(number), title, said, at, who: lead };
}

function comingLine(title: string, at: Date): DigestLine {
  return { ...LINE, mark: 'coming', title, said: 'begins', at: at.toISOString() };
}
