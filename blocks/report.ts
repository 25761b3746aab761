import { type Period, periodName } from '../src/domain/digest/period.ts';
import { type Completion, completionRate } from '../src/domain/duty/report.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { context, type Rendered, section } from './elements.ts';
import { bold } from './escape.ts';
import { percent, tallyWords } from './rollup-words.ts';
import { teamName } from './run-words.ts';
import { when } from './words.ts';

/** As many teams as fit one screen. */
const MOST = 12;

/** How the duties of a period came out: all together, by team and by type of maintenance. */
export function reportMessage(
  completion: Completion,
  asked: { readonly period: Period; readonly owner: string | null; readonly now: Date },
  spec: Pick<OperationsSpec, 'teams'>,
): Rendered {
  const { period, owner, now } = asked;
  const { all, byOwner, byType } = completion;
  const whose = owner === null ? '' : ` of ${teamName(spec, owner)}`;
  const title = `*Maintenance${whose}*  ·  ${periodName(period)}${now < period.before ? ' so far' : ''}`;
  if (all.total === 0) {
    const text = `${title}: nothing fell due.`;
    return { text, blocks: [section(text)] };
  }
  const owners = Object.entries(byOwner).map(
    ([key, tally]) => `• ${bold(spec.teams[key]?.name ?? key, 100)}  ${tallyWords(tally)}`,
  );
  const types = Object.entries(byType).map(([type, tally]) => `• *${type}*  ${tallyWords(tally)}`);
  const left = owners.length - MOST;
  return {
    text: title,
    blocks: [
      section(`${title}\n*${percent(completionRate(all))} done*  ·  ${tallyWords(all)}`),
      ...(owner === null ? [section(['By team', ...owners.slice(0, MOST)].join('\n'))] : []),
      ...(left > 0 ? [context(`and ${left} more. Name a team to see its own.`)] : []),
      section(['By type of maintenance', ...types].join('\n')),
      context(
        `Counted is what fell due from ${when(period.from)} until ${when(now < period.before ? now : period.before)}. Waived and skipped runs were not to be done.`,
      ),
    ],
  };
}
