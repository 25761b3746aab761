import type { KnownBlock } from '@slack/types';
import type { ChangedCheck, Message } from '../src/domain/delivery.ts';
import { isDown } from '../src/domain/health/state.ts';
import { type CheckView, severityOf, worstFirst } from '../src/domain/health/view.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { checkButtons } from './check-buttons.ts';
import {
  CHECK_EMOJI,
  checkEmoji,
  checkLine,
  checkName,
  detailOf,
  failedFor,
  muteOf,
  stateOf,
  windowOf,
} from './check-words.ts';
import { context, type Rendered, section } from './elements.ts';
import { bold, CUT, link, mrkdwnLine } from './escape.ts';
import { when } from './words.ts';

/** Lines of one message. */
const MOST = 12;
const PER_SECTION = 4;

/** The message about checks that began to fail together, as they are now: one screen, the worst first. */
export function checksFailing(group: number, views: readonly CheckView[], spec: OperationsSpec): Rendered {
  const [only, ...others] = worstFirst(views);
  if (only === undefined) throw new Error(`group ${group} tells of no check`);
  const down = views.filter(({ state }) => isDown(state));
  const row = down.length === 0 ? [] : [checkButtons(`group:${group}`)];
  if (others.length === 0) return { ...oneCheck(only, spec), blocks: [...oneCheck(only, spec).blocks, ...row] };
  const title =
    down.length === 0
      ? `:white_check_mark: *All ${views.length} checks that failed are well again*`
      : `${checkEmoji(only)} *${down.length} of ${views.length} checks fail that began to fail together*`;
  return { text: title, blocks: [section(title), ...listed(worstFirst(views).map(groupLine)), ...row] };
}

function oneCheck(view: CheckView, spec: OperationsSpec): Rendered {
  const head = headOf(view);
  const detail = detailOf(view);
  const isOver = view.state.status === 'ok';
  const quiet = [muteOf(view), windowOf(view)].filter((words) => words !== null);
  const blocks: KnownBlock[] = [section(detail === '' || isOver ? head : `${head}\n>${detail}`)];
  if (quiet.length > 0) blocks.push(context(...quiet));
  const foot = footOf(view, spec);
  if (foot !== '') blocks.push(context(foot));
  return { text: head, blocks };
}

function headOf(view: CheckView): string {
  const lasted = failedFor(view);
  if (lasted !== null && view.state.since !== null) {
    return `:white_check_mark: ${checkName(view)} recovered ${when(view.state.since)}; it failed for ${lasted}.`;
  }
  return `${checkEmoji(view)} ${checkName(view)} is ${stateOf(view)}.`;
}

function groupLine(view: CheckView): string {
  const lasted = failedFor(view);
  return lasted === null ? checkLine(view) : `:white_check_mark: ${checkName(view)}  ·  recovered after ${lasted}`;
}

/** Whose it is, how bad, and where to look. */
export function footOf(view: CheckView, spec: Pick<OperationsSpec, 'teams' | 'services'>): string {
  const { owner, service, clause } = view.check;
  const known = service === undefined ? undefined : spec.services[service];
  const severity = severityOf(view);
  return [
    ...(severity === null ? [] : [severity]),
    ...(owner === undefined ? [] : [mrkdwnLine(spec.teams[owner]?.name ?? owner, 100)]),
    ...(service === undefined ? [] : [`service ${mrkdwnLine(known?.name ?? service, 100)}`]),
    ...(known?.runbook === undefined ? [] : [link(known.runbook, 'Runbook')]),
    ...(known?.dashboard === undefined ? [] : [link(known.dashboard, 'Dashboard')]),
    ...(clause.length === 0 ? [] : [`\`/health ${view.check.key}\``]),
  ].join('  ·  ');
}

/** To a channel that watches: what changed, each in a line. */
export function checksChanged({
  count,
  checks,
}: Extract<Message, { type: 'checks-changed' | 'checks-unclear' }>): Rendered {
  return lines(checks.map(changeLine), count);
}

/** That checks cannot be asked: neither green nor red, and told apart from what fails. */
export function checksUnclear({
  count,
  checks,
}: Extract<Message, { type: 'checks-changed' | 'checks-unclear' }>): Rendered {
  const title = `:grey_question: ${count === 1 ? 'This check' : `These ${count} checks`} cannot be asked, so nobody knows:`;
  const rest = lines(
    checks.map(({ title: name, detail }) => `• ${bold(name, 120)}: ${mrkdwnLine(detail, 200)}`),
    count,
  );
  return { text: title, blocks: [section(title), ...rest.blocks] };
}

function changeLine({ title, from, to, detail, because }: ChangedCheck): string {
  const name = bold(title, 120);
  const said = detail === '' || to === 'ok' ? '' : `: ${mrkdwnLine(detail, 150)}`;
  switch (to) {
    case 'ok':
      return from === 'unknown' ? `${CHECK_EMOJI.ok} ${name} is well.` : `:white_check_mark: ${name} recovered.`;
    case 'failing':
      return `${CHECK_EMOJI.failing} ${name} fails${said}`;
    case 'flapping':
      return `${CHECK_EMOJI.flapping} ${name} fails again and again${said}`;
    case 'held':
      return `${CHECK_EMOJI.held} ${name} fails while \`${mrkdwnLine(because ?? '', 80)}\` is down.`;
    case 'unknown':
      return because === null && said !== ''
        ? `${CHECK_EMOJI.unknown} ${name} cannot be told${said}`
        : `${CHECK_EMOJI.unknown} ${name} is looked at again.`;
  }
}

function lines(all: readonly string[], count: number): Rendered {
  const left = count - Math.min(all.length, MOST);
  const shown = listed(all.slice(0, MOST));
  const more = left > 0 ? [context(`${CUT} and ${left} more: \`/health\``)] : [];
  return { text: all[0] ?? '', blocks: [...shown, ...more] };
}

function listed(words: readonly string[]): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  const shown = words.slice(0, MOST);
  for (let first = 0; first < shown.length; first += PER_SECTION) {
    blocks.push(section(shown.slice(first, first + PER_SECTION).join('\n')));
  }
  const left = words.length - shown.length;
  return left > 0 ? [...blocks, context(`${CUT} and ${left} more: \`/health\``)] : blocks;
}
