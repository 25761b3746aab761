import type { KnownBlock } from '@slack/types';
import type { DutyRun } from '../src/domain/duty/run.ts';
import type { CalendarEntry } from '../src/domain/duty/upcoming.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { subscribeButton } from './calendar-links.ts';
import { actions, context, type Rendered, section } from './elements.ts';
import { bold, mrkdwnLine } from './escape.ts';
import { listed } from './lines.ts';
import { type RunButton, runButton } from './run-buttons.ts';
import { endWords, evidenceWords, runLine, teamName } from './run-words.ts';
import { when } from './words.ts';

type Teams = Pick<OperationsSpec, 'teams'>;

/** Lines of a calendar on one screen, and open runs with a button each. */
const MOST_LINES = 24;
const MOST_RUNS = 8;
const MOST_ENDED = 12;
/** What happens more often than this in the time shown is one line, or nothing else would be seen. */
const OFTEN = 3;
/** Lines that are left for it however much else there is. */
const LEAST_OFTEN = 8;
const NARROWER = 'Name a team, or fewer days, to see all.';

/** What a calendar is about: until when, and the key of a team. */
interface CalendarAsked {
  readonly to: Date;
  readonly owner: string | null;
}

/** What falls due, in order; what happens very often has one line at the end. */
export function calendarMessage(entries: readonly CalendarEntry[], asked: CalendarAsked, spec: Teams): Rendered {
  const whose = asked.owner === null ? '' : ` of ${teamName(spec, asked.owner)}`;
  const title = `*Maintenance${whose}* until ${when(asked.to)}`;
  if (entries.length === 0) {
    const text = `${title}: nothing falls due. \`/maintenance calendar 90\` looks further ahead.`;
    return { text, blocks: [section(text), actions(subscribeButton(asked.owner))] };
  }
  const byDuty = Map.groupBy(entries, ({ duty }) => duty);
  const isOften = ({ duty }: CalendarEntry) => (byDuty.get(duty)?.length ?? 0) > OFTEN;
  const single = entries.filter((entry) => !isOften(entry)).map((entry) => entryLine(entry, spec));
  const often = [...byDuty.values()].flatMap((all) => {
    const [first] = all;
    return first !== undefined && isOften(first) ? [`${entryLine(first, spec)}  ·  ${all.length} times`] : [];
  });
  return {
    text: title,
    blocks: [
      section(title),
      ...listed(single, MOST_LINES, NARROWER),
      ...(often.length === 0
        ? []
        : [
            context('*Again and again*, each with its next time'),
            ...listed(often, Math.max(LEAST_OFTEN, MOST_LINES - single.length), NARROWER),
          ]),
      actions(subscribeButton(asked.owner)),
    ],
  };
}

/** What is open, each with its button, and what comes. */
export function nextMessage(
  next: { readonly open: readonly DutyRun[]; readonly coming: readonly CalendarEntry[] },
  spec: Teams,
): Rendered {
  const { open, coming } = next;
  const head = open.length === 0 ? ':white_check_mark: Nothing is open.' : `*${open.length} open*`;
  const left = open.length - MOST_RUNS;
  const comes = coming.map((entry) => entryLine(entry, spec));
  return {
    text: head,
    blocks: [
      section(head),
      ...open.slice(0, MOST_RUNS).map((run) => runRow(run, 'run.show', spec)),
      ...(left > 0 ? [context(`and ${left} more. Name a team to see only its own.`)] : []),
      ...(comes.length === 0
        ? []
        : [section('*Then comes*'), ...listed(comes, 10, '`/maintenance calendar` shows more.')]),
    ],
  };
}

/** One open run with the button that goes on with it. */
export function runRow(run: DutyRun, id: RunButton, spec: Teams): KnownBlock {
  return { ...section(runLine(run, spec)), accessory: runButton(id, run.number) };
}

/** Runs that have ended, the latest first, with how they ended and what proves it. */
export function historyMessage(runs: readonly DutyRun[], of: string | null, spec: Teams): Rendered {
  const whose = of === null ? '' : ` of ${mrkdwnLine(of, 150)}`;
  if (runs.length === 0) {
    const text = `Nothing${whose} has ended yet. \`/maintenance next\` shows what is open and what comes.`;
    return { text, blocks: [section(text)] };
  }
  const title = `*What became of the duties*${whose}`;
  const lines = runs.map((run) => endedLine(run, spec));
  return {
    text: title,
    blocks: [section(title), ...listed(lines, MOST_ENDED, 'Name a duty or a team to see more of it.')],
  };
}

function endedLine(run: DutyRun, spec: Teams): string {
  if (run.end === null) return runLine(run, spec);
  const [proof] = run.end.how === 'done' ? run.end.evidence : [];
  const evidence = proof === undefined ? '' : `\n        ${evidenceWords(proof, 300)}`;
  return `${runLine(run, spec)}\n        ${endWords(run.end, 120)}${evidence}`;
}

/** As `runLine`, for something that has no run yet. */
export function entryLine({ title, owner, at }: CalendarEntry, spec: Teams): string {
  return `${when(at)}  ${bold(title, 120)}  ·  ${teamName(spec, owner)}`;
}
