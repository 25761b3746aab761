import { type AttemptOutcome, awaitsApproval, isRunning } from '../duty/attempt.ts';
import { type DutyRun, isOpenRun } from '../duty/run.ts';
import { runSubject } from '../event.ts';
import type { DigestFacts } from './facts.ts';
import { type DigestLine, type DigestSection, LINE, summed } from './section.ts';

/**
 * What Mainstay tried and could not do, then duties that are late, those that are due, and what falls due in the rest of the
 * day. Null for a team without any.
 */
export function dutiesSection({ team, spec, now, endOfToday, runs, coming }: DigestFacts): DigestSection | null {
  const open = runs.open.filter(isOpenRun);
  if (open.length === 0 && !spec.duties.some(({ owner }) => owner === team)) return null;
  const troubled = troubleLines(open);
  const asked = open.filter((run) => troubleOf(run) === null);
  const late = asked.filter(({ status }) => status === 'late');
  const due = asked.filter(({ status }) => status === 'due');
  const planned = asked.filter((run) => run.status === 'planned' && isToday(run, now, endOfToday));
  const today = comingLines(planned, coming);
  const lines = [
    ...troubled,
    ...late.map((run) => runLine(run, 'late', `${waiting(run)}late, due`)),
    ...due.map((run) => runLine(run, 'due', `${waiting(run)}due since`)),
    ...today,
  ];
  return {
    name: 'duties',
    title: 'Duties',
    sum: summed([
      [troubled.filter(({ mark }) => mark === 'failed').length, 'failed'],
      [troubled.filter(({ mark }) => mark === 'not-run').length, 'not run'],
      [late.length, 'late'],
      [due.length, 'due'],
      [today.length, 'still to come today'],
    ]),
    lines,
    left: 0,
    more: `/maintenance next ${team}`,
    green: lines.length === 0 ? 'nothing is due today' : null,
  };
}

/** How the last try of Mainstay went wrong, and how bad that is: one that could not run says nothing of what it would have found. */
const TROUBLE: Record<AttemptOutcome, { readonly mark: 'failed' | 'not-run'; readonly word: string } | null> = {
  succeeded: null,
  failed: { mark: 'failed', word: 'failed' },
  'could-not-run': { mark: 'not-run', word: 'could not run' },
  interrupted: { mark: 'not-run', word: 'was interrupted' },
};

function troubleOf({ attempt }: DutyRun) {
  const finished = attempt?.finished ?? null;
  return finished === null ? null : TROUBLE[finished.outcome];
}

/** What failed before what could not run. */
function troubleLines(runs: readonly DutyRun[]): DigestLine[] {
  const lines = runs.flatMap((run) => {
    const trouble = troubleOf(run);
    return trouble === null ? [] : [runLine(run, trouble.mark, `${trouble.word}, due`)];
  });
  return [...lines.filter(({ mark }) => mark === 'failed'), ...lines.filter(({ mark }) => mark !== 'failed')];
}

function waiting(run: DutyRun): string {
  if (awaitsApproval(run)) return 'waits for approval, ';
  return isRunning(run) ? 'is being run, ' : '';
}

function isToday({ dueAt }: DutyRun, now: Date, endOfToday: Date): boolean {
  return Date.parse(dueAt) > now.getTime() && Date.parse(dueAt) < endOfToday.getTime();
}

function runLine(run: DutyRun, mark: 'failed' | 'not-run' | 'late' | 'due', said: string): DigestLine {
  const { number, title, dueAt, takenBy } = run;
  return {
    ...LINE,
    mark,
    subject: runSubject(number),
    title,
    said,
    at: dueAt,
    who: takenBy,
    take: takenBy === null && !isRunning(run) ? number : null,
  };
}

/** One line for each duty, whether it is planned already or not; what comes several times is said once. */
function comingLines(planned: readonly DutyRun[], coming: DigestFacts['coming']): DigestLine[] {
  const isPlanned = ({ duty, at }: DigestFacts['coming'][number]) =>
    planned.some((run) => run.duty === duty && Date.parse(run.dueAt) === at.getTime());
  const all = [
    ...planned.map((run) => ({ ...run, subject: runSubject(run.number), who: run.takenBy })),
    ...coming
      .filter((entry) => !isPlanned(entry))
      .map(({ duty, title, at }) => ({ duty, title, dueAt: at.toISOString(), subject: null, who: null })),
  ].sort((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt));
  return [...Map.groupBy(all, ({ duty }) => duty).values()].flatMap((times): DigestLine[] => {
    const [first] = times;
    if (first === undefined) return [];
    const { title, dueAt, subject, who } = first;
    const said = times.length === 1 ? 'due' : `${times.length} times, first`;
    return [{ ...LINE, mark: 'coming', subject: times.length === 1 ? subject : null, title, said, at: dueAt, who }];
  });
}
