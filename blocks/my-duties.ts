import type { DutyRun } from '../src/domain/duty/run.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { runRow } from './duty-lists.ts';
import { context, type Rendered, section } from './elements.ts';

const MOST = 8;

/** What one person took, and what their teams have open that nobody took; each with the button that goes on. */
export function myDutiesMessage(
  { taken, free }: { readonly taken: readonly DutyRun[]; readonly free: readonly DutyRun[] },
  spec: Pick<OperationsSpec, 'teams'>,
): Rendered {
  const rows = [
    ...taken.map((run) => runRow(run, 'run.done', spec)),
    ...free.map((run) => runRow(run, 'run.take', spec)),
  ];
  const left = rows.length - MOST;
  const text =
    rows.length === 0
      ? ':white_check_mark: Nothing is open for you or your teams.'
      : `*${taken.length} yours*  ·  ${free.length} of your teams that nobody has taken`;
  return {
    text,
    blocks: [
      section(text),
      ...rows.slice(0, MOST),
      ...(left > 0 ? [context(`and ${left} more: \`/maintenance next\``)] : []),
    ],
  };
}
