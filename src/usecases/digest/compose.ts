import { type DailyDigest, dailyDigest } from '../../domain/digest/daily.ts';
import { digestBefore, digestZone, endOfDay } from '../../domain/digest/day.ts';
import { concerns } from '../../domain/digest/facts.ts';
import { dayAt } from '../../domain/duty/planned.ts';
import { fallingDue } from '../../domain/duty/upcoming.ts';
import { viewsOf } from '../../domain/health/view.ts';
import { teamOfCheck } from '../../domain/page/checks.ts';
import { DIGEST_SECTIONS, type Digest } from '../../domain/spec/digest.ts';
import type { OperationsSpec } from '../../domain/spec/types.ts';
import { writtenDate } from '../../domain/time/day.ts';
import { owesReport } from '../../domain/window/window.ts';
import { backupGlances } from '../backup/list.ts';
import { uptimeOverview } from '../uptime/overview.ts';
import { listWindows, windowsAhead } from '../window/list.ts';
import type { DigestDeps } from './deps.ts';

/** More than anybody is told of; the digest counts what it leaves out. */
const MOST = 1000;

/** A team without a `digest` of its own that is asked for one all the same. */
const UNASKED: Digest = {
  at: { hour: 0, minute: 0 },
  days: 'working days',
  sections: [...DIGEST_SECTIONS],
  rollups: [],
};

/** What matters to a team now. @param due when it was due and whether that is long ago; now, when nobody waited for it */
export async function composeDigest(
  deps: DigestDeps,
  team: string,
  due?: { readonly at: Date; readonly late: boolean },
): Promise<DailyDigest> {
  const { store, checks, clock, spec: source } = deps;
  const now = clock.now();
  const spec = source.current();
  const asked = spec.digest[team] ?? UNASKED;
  const zone = digestZone(asked, spec);
  const today = dayAt(now, zone);
  const since = digestBefore(asked, spec, today);
  const endOfToday = endOfDay(today, zone);
  const owners = [team];
  const [open, ended, ahead, over, incidents, owed, changed] = await Promise.all([
    store.runs({ which: 'open', owners }, 'soonest', MOST),
    store.runs({ which: 'ended', owners, endedSince: since }, 'soonest', MOST),
    windowsAhead({ store, clock, spec: source }),
    listWindows({ store }, ['ended']),
    store.incidents('open', MOST),
    store.incidentsAwaitingPostmortem(),
    store.incidentsSince(since),
  ]);
  const theirs = <One extends { service: string | null; owner: string | null }>(all: readonly One[]) =>
    all.filter((incident) => concerns(incident, team, spec));
  const facts = {
    ...{ team, spec, now, since, endOfToday },
    runs: { open, ended },
    coming: fallingDue(spec, { from: new Date(now.getTime() + 1), to: new Date(endOfToday.getTime() - 1), owners }),
    checks: await checksOf(team, { checks, spec }),
    uptime: await promisesOf(team, deps),
    backups: (await backupGlances({ store, clock, spec: source })).filter(({ owner }) => owner === team),
    windows: {
      open: ahead.open.filter(({ startsAt }) => Date.parse(startsAt) < endOfToday.getTime()),
      unreported: over.filter(owesReport),
      coming: ahead.coming.filter(({ occurrence: { at } }) => at < endOfToday),
    },
    incidents: { open: theirs(incidents), owed: theirs(owed), changed: theirs(changed) },
  };
  const dueAt = (due?.at ?? now).toISOString();
  return dailyDigest(facts, asked, { day: writtenDate(today), dueAt, late: due?.late ?? false });
}

/** How the promises stand that a team answers for: its own, and those about its services that nobody owns. */
async function promisesOf(team: string, deps: DigestDeps) {
  const { slo, services } = deps.spec.current();
  const theirs = slo.filter((one) => teamOfCheck(one, { services }) === team).map(({ key }) => key);
  if (theirs.length === 0) return [];
  return (await uptimeOverview(deps)).filter((glance) => theirs.includes(glance.slo));
}

/** The checks a team answers for: its own, and those of its services that nobody owns. */
async function checksOf(team: string, { checks, spec }: { checks: DigestDeps['checks']; spec: OperationsSpec }) {
  const keys = spec.checks.filter((check) => teamOfCheck(check, spec) === team).map(({ key }) => key);
  return viewsOf(spec, await checks.rows(keys), keys);
}
