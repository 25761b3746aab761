import type { KnownBlock, RichTextBlock } from '@slack/types';
import { type Attempt, type AttemptOutcome, awaitsApproval, isRunning } from '../src/domain/duty/attempt.ts';
import { type DutyRun, isOpenRun } from '../src/domain/duty/run.ts';
import { runSubject } from '../src/domain/event.ts';
import { contactName } from '../src/domain/permission-words.ts';
import { slackIdOf } from '../src/domain/permissions.ts';
import { formatDuration } from '../src/domain/spec/duration.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { context, type Rendered, section } from './elements.ts';
import { mrkdwnLine } from './escape.ts';
import { runHeading } from './run-words.ts';
import { actorName, userName, when } from './words.ts';

/** What became of an action: only one that succeeded is green, only one that failed is red. */
export const OUTCOME_EMOJI: Record<AttemptOutcome, string> = {
  succeeded: ':white_check_mark:',
  failed: ':x:',
  'could-not-run': ':grey_question:',
  interrupted: ':zap:',
};

export const OUTCOME_WORD: Record<AttemptOutcome, string> = {
  succeeded: 'Succeeded',
  failed: 'Failed',
  'could-not-run': 'Could not run',
  interrupted: 'Interrupted',
};

/** Longest piece of output in one block. */
const PIECE = 2_900;

/** What Mainstay does about a run by itself, as it stands: running, what came of it, or what it would do. */
export function attemptBlocks(run: DutyRun, spec: OperationsSpec): KnownBlock[] {
  const { attempt, notRun, action } = run;
  if (action === null) return [];
  if (attempt === null) {
    if (notRun === null || !isOpenRun(run)) return [];
    const why = mrkdwnLine(notRun.replace(/\.$/, ''), 500);
    return [section(`:electric_plug: *Not connected, so nothing was run:* ${why}. Please see to it yourselves.`)];
  }
  const { finished } = attempt;
  const what = actionWords(run, spec);
  if (finished === null) {
    const doing = attempt.mode === 'preview' ? 'looks at what it would do' : 'is running it';
    const since = attempt.begunAt === null ? 'in the queue' : 'begun';
    const at = when(attempt.begunAt ?? attempt.startedAt);
    return [section(`:hourglass_flowing_sand: Mainstay ${doing}: ${what}, ${since} ${at}.`)];
  }
  return [
    section(`${headOf(attempt, finished)} ${mrkdwnLine(finished.summary, 600)}`),
    ...(finished.excerpt === '' ? [] : [preformatted(finished.excerpt)]),
    context(`${what}  ·  ${when(finished.at)}, after ${durationWords(finished.took)}  ·  try ${attempt.number}`),
    ...decisionOf(run, spec),
  ];
}

function headOf({ mode }: Attempt, { outcome }: NonNullable<Attempt['finished']>): string {
  if (mode === 'run') return `${OUTCOME_EMOJI[outcome]} *${OUTCOME_WORD[outcome]}:*`;
  return outcome === 'succeeded' ? ':mag: *What it would do:*' : `${OUTCOME_EMOJI['could-not-run']} *No preview:*`;
}

/** Whether somebody agreed to what the preview says; while nobody has, who may. */
function decisionOf(run: DutyRun, spec: OperationsSpec): KnownBlock[] {
  const { agreed, declined, approval } = run;
  if (declined !== null) {
    const reason = mrkdwnLine(declined.reason, 500);
    return [section(`:no_entry_sign: Declined by ${actorName(declined.by)}: ${reason}\nNothing was run.`)];
  }
  if (agreed !== null)
    return [context(`:ballot_box_with_check: Approved by ${actorName(agreed.by)}, ${when(agreed.at)}`)];
  if (!awaitsApproval(run) || approval === null || !isOpenRun(run)) return [];
  return [section(`Nothing is run before ${whoMay(approval.by, spec)} agrees.`)];
}

function whoMay(rule: NonNullable<DutyRun['approval']>['by'], spec: OperationsSpec): string {
  if (rule === 'everyone') return 'somebody';
  const teams = rule.teams.map((key) => `team ${mrkdwnLine(spec.teams[key]?.name ?? key, 80)}`);
  const groups = rule.groups.map((group) => `user group ${group}`);
  const users = rule.users.map((user) => {
    const id = slackIdOf(spec, user);
    return id === undefined ? mrkdwnLine(user, 80) : (contactName(spec, id) ?? userName(id));
  });
  return [...teams, ...groups, ...users].slice(0, 10).join(', or ');
}

/** `http.get` on SSOT API. */
function actionWords({ action }: DutyRun, { targets }: OperationsSpec): string {
  if (action === null) return '';
  if (!('target' in action)) return `\`${action.action}\``;
  return `\`${action.action}\` on ${mrkdwnLine(targets[action.target]?.title ?? action.target, 100)}`;
}

/** How it stands with what Mainstay does, where that says more than the state of the run; null where it does not. */
export function attemptState(run: DutyRun): { readonly emoji: string; readonly word: string } | null {
  if (!isOpenRun(run) || run.attempt === null) return null;
  if (isRunning(run)) return { emoji: ':hourglass_flowing_sand:', word: 'Running' };
  if (awaitsApproval(run)) return { emoji: ':mag:', word: 'Waits for approval' };
  const outcome = run.attempt.finished?.outcome;
  if (outcome === undefined || outcome === 'succeeded' || run.attempt.mode === 'preview') return null;
  return { emoji: OUTCOME_EMOJI[outcome], word: OUTCOME_WORD[outcome] };
}

/** All that is kept of an action's output, for whoever asked. */
export function outputMessage(run: DutyRun, output: string): Rendered {
  const pieces: string[] = [];
  for (let first = 0; first < output.length; first += PIECE) pieces.push(output.slice(first, first + PIECE));
  const text = `Output of ${runSubject(run.number)}`;
  return { text, blocks: [section(`*${mrkdwnLine(runHeading(run), 200)}*`), ...pieces.map(preformatted)] };
}

/** Text as it is, with nothing in it that Slack would take for markup. */
function preformatted(text: string): RichTextBlock {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }],
  };
}

/** To the second; what took less is said in milliseconds. */
function durationWords(ms: number): string {
  return formatDuration(ms < 1_000 ? ms : Math.round(ms / 1_000) * 1_000);
}
