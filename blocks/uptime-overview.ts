import { durationWords } from '../src/domain/text/duration-words.ts';
import { availabilityOf, knownShare, type Times } from '../src/domain/uptime/account.ts';
import { isBroken, shareLeft, tightest } from '../src/domain/uptime/budget.ts';
import type { UptimeGlance } from '../src/domain/uptime/report.ts';
import { context, type Rendered, section } from './elements.ts';
import { bold } from './escape.ts';
import { listedAs } from './lines.ts';
import { budgetEmoji, roughly, shareWords } from './uptime-words.ts';

/** Promises that fill a screen. */
const MOST = 15;

/** Every promise in two lines, the least budget left first. */
export function uptimeOverviewMessage(glances: readonly UptimeGlance[]): Rendered {
  const broken = glances.filter(({ budgets }) => budgets.some(isBroken)).length;
  const count = glances.length === 1 ? '1 promise of uptime' : `${glances.length} promises of uptime`;
  const head = `${count}${broken === 0 ? '' : `, ${broken} broken`}.`;
  return {
    text: head,
    blocks: [
      section(head),
      ...listedAs(glances, lineOf, MOST, '`mainstay uptime` in a terminal shows all.'),
      context(
        '`/ops uptime SERVICE [month | quarter | year | 2026-Q3]` shows what is behind one. `?`: not all of it is known.',
      ),
    ],
  };
}

function lineOf(glance: UptimeGlance): string {
  const { month, quarter, year, partly } = glance;
  const spans = [
    ['month', month],
    ['quarter', quarter],
    ['year', year],
  ] as const;
  const shares = spans.map(([name, times]) => `${name} ${share(times, partly)}`).join('  ·  ');
  return `${glanceLine(glance)}\n        ${shares}`;
}

/** A promise in one line: what is left of its budget. */
export function glanceLine({ service, slo, period, times, budgets }: UptimeGlance): string {
  const worst = tightest(budgets);
  const name = `${budgetEmoji(budgets, times)} ${bold(service, 80)} (\`${slo}\`)`;
  if (worst === undefined || times.up + times.down === 0) return `${name}  nothing is known of ${period.name} yet`;
  const left = isBroken(worst)
    ? `budget of ${durationWords(worst.total)} overspent by ${durationWords(-worst.left)}`
    : `${roughly(shareLeft(worst))} of ${durationWords(worst.total)} left`;
  return `${name}  ${left} for ${period.name}`;
}

function share(times: Times, partly: boolean): string {
  const known = knownShare(times);
  return `${shareWords(availabilityOf(times))}${known !== null && (known < 1 || partly) ? ' ?' : ''}`;
}
