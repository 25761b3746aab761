import { durationWords } from '../text/duration-words.ts';
import { type Budget, isBroken, shareLeft, tightest } from '../uptime/budget.ts';
import type { UptimeGlance } from '../uptime/report.ts';
import type { DigestFacts } from './facts.ts';
import { counted, type DigestMark, type DigestSection, LINE } from './section.ts';

/** With less than this share of a budget left, a promise is in danger (the same bound colours `/ops uptime`). */
const IN_DANGER = 0.5;
const IN_GREAT_DANGER = 0.25;

/** The promises of the team's services that are broken or in danger, the least budget left first. Null for a team without any. */
export function uptimeSection({ uptime, spec }: DigestFacts): DigestSection | null {
  if (uptime.length === 0) return null;
  const bad = uptime.flatMap((glance) => {
    const budget = tightest(glance.budgets);
    return budget !== undefined && (isBroken(budget) || shareLeft(budget) < IN_DANGER) ? [{ glance, budget }] : [];
  });
  const broken = bad.filter(({ budget }) => isBroken(budget)).length;
  const unknown = uptime.filter(({ times }) => times.up + times.down === 0).length;
  const kept = uptime.length - bad.length - unknown;
  return {
    name: 'uptime',
    title: 'Uptime in danger',
    sum: [
      ...(broken > 0 ? [`${counted(broken, 'uptime promise')} broken`] : []),
      ...(bad.length > broken ? [`${counted(bad.length - broken, 'uptime promise')} in danger`] : []),
    ].join(', '),
    lines: bad.map(({ glance, budget }) => ({
      ...LINE,
      mark: markOf(budget),
      title: spec.slo.find(({ key }) => key === glance.slo)?.title ?? glance.slo,
      said: saidOf(glance, budget),
    })),
    left: 0,
    more: '/ops uptime',
    green: bad.length === 0 && kept > 0 ? `${counted(kept, 'uptime promise')} kept` : null,
  };
}

function markOf(budget: Budget): DigestMark {
  if (isBroken(budget)) return 'failed';
  return shareLeft(budget) < IN_GREAT_DANGER ? 'late' : 'due';
}

function saidOf({ period }: UptimeGlance, budget: Budget): string {
  const spent = `${durationWords(budget.spent)} of ${durationWords(budget.total)} down this ${period.kind}`;
  return isBroken(budget) ? `broken: ${spent}` : spent;
}
