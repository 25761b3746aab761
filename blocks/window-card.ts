import type { KnownBlock } from '@slack/types';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { approvalRules, isOpenWindow, type MaintenanceWindow } from '../src/domain/window/window.ts';
import { context, fields, header, type Rendered, section } from './elements.ts';
import { CUT, mrkdwn, mrkdwnLine } from './escape.ts';
import { teamName } from './run-words.ts';
import { windowButtons } from './window-buttons.ts';
import { quietWords } from './window-quiet.ts';
import {
  approverWords,
  leadWords,
  scopeWords,
  spanWords,
  warningsOf,
  windowEmoji,
  windowHeading,
  windowName,
  windowState,
} from './window-words.ts';
import { actorName, when } from './words.ts';

/** How much of a checklist is shown, and of each of its steps. */
const STEPS = 15;
const STEP = 150;

/** The card of a window, edited in place for its life: what happens when, to what, by whom, and how it stands. One screen. */
export function windowCard(window: MaintenanceWindow, spec: OperationsSpec): Rendered {
  const blocks: KnownBlock[] = [header(windowHeading(window)), fields(factsOf(window, spec))];
  const why = whyOf(window);
  if (why !== '') blocks.push(section(why));
  if (window.checklist.length > 0) blocks.push(section(checklistOf(window)));
  if (window.report !== null) blocks.push(section(reportWords(window)));
  blocks.push(...quietWords(window).map(section));
  const warnings = isOpenWindow(window) ? warningsOf(window) : [];
  if (warnings.length > 0) blocks.push(context(...warnings));
  blocks.push(...windowButtons(window), context(footOf(window, spec)));
  return { text: `${windowName(window)}: ${windowState(window)}`, blocks };
}

function factsOf(window: MaintenanceWindow, spec: OperationsSpec): string[] {
  const { approved } = window;
  const rules = approvalRules(window).map((rule) => `by ${approverWords(rule, spec)}`);
  return [
    `*State*\n${windowEmoji(window)} ${windowState(window)}`,
    `*When*\n${spanWords(window)}`,
    `*Affects*\n${scopeWords(window, spec)}`,
    `*Lead*\n${leadWords(window, spec)}`,
    ...(rules.length === 0
      ? []
      : [`*Approval*\n${approved === null ? rules.slice(0, 4).join(', and ') : `by ${actorName(approved.by)}`}`]),
  ];
}

function whyOf({ reason, risk, rollback }: MaintenanceWindow): string {
  const parts = [
    ...(reason === '' ? [] : [mrkdwn(reason, 800)]),
    ...(risk === '' ? [] : [`*Risk*  ${mrkdwn(risk, 600)}`]),
    ...(rollback === '' ? [] : [`*Rollback*  ${mrkdwn(rollback, 800)}`]),
  ];
  return parts.join('\n');
}

function checklistOf({ checklist, report }: MaintenanceWindow): string {
  const lines = checklist.slice(0, STEPS).map((step, index) => {
    const sign = report?.ticked.includes(index) ? ':white_check_mark:' : ':white_large_square:';
    return `${sign} ${mrkdwnLine(step, STEP)}`;
  });
  const left = checklist.length - lines.length;
  return ['*Checklist*', ...lines, ...(left > 0 ? [`${CUT} and ${left} more steps`] : [])].join('\n');
}

/** What was done, which documents change, what was learned. */
export function reportWords({ report }: Pick<MaintenanceWindow, 'report'>): string {
  if (report === null) return '';
  const { done, documents, learned } = report;
  return [
    `*Done*  ${mrkdwn(done, 900)}`,
    ...(documents === '' ? [] : [`*Documents that change*  ${mrkdwn(documents, 900)}`]),
    ...(learned === '' ? [] : [`*Learned*  ${mrkdwn(learned, 900)}`]),
  ].join('\n');
}

function footOf({ owner, planned, extended, clauses, number }: MaintenanceWindow, spec: OperationsSpec): string {
  return [
    ...(owner === null ? [] : [teamName(spec, owner)]),
    `planned ${when(planned.at)} by ${actorName(planned.by)}`,
    ...(extended.length === 0 ? [] : [`extended ${extended.length === 1 ? 'once' : `${extended.length} times`}`]),
    ...(clauses.length === 0 ? [] : [`clause ${mrkdwnLine(clauses.join(', '), 300)}`]),
    `\`/maintenance info WIN-${number}\``,
  ].join('  ·  ');
}
