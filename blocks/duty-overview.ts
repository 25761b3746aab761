import { type DutyStanding, type DutyWay, rankOf, type StandingRank } from '../src/domain/duty/overview.ts';
import type { DutyRun } from '../src/domain/duty/run.ts';
import { runSubject } from '../src/domain/event.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { actions, button, type Rendered, section } from './elements.ts';
import { bold, mrkdwnLine } from './escape.ts';
import { listed } from './lines.ts';
import { endWords, RUN_EMOJI, stateWords, teamName } from './run-words.ts';
import { when } from './words.ts';

/** The button that shows the next page; its value is `<team or nothing>:<page>`. */
export const DUTIES_BUTTON = 'ops.duties-page';

const PER_PAGE = 12;

/** Which of them are shown: those of one team (its key) or of all, and which page, from 1. */
export interface DutiesAsked {
  readonly owner: string | null;
  readonly page: number;
}

/** Every duty and how it stands, the worst first, a screen at a time. */
export function dutiesMessage(standings: readonly DutyStanding[], asked: DutiesAsked, spec: OperationsSpec): Rendered {
  const whose = asked.owner === null ? '' : ` of ${teamName(spec, asked.owner)}`;
  if (standings.length === 0) {
    const text = `The spec asks for no duties${whose}.`;
    return { text, blocks: [section(text)] };
  }
  const pages = Math.ceil(standings.length / PER_PAGE);
  const page = Math.min(asked.page, pages);
  const shown = standings.slice((page - 1) * PER_PAGE, page * PER_PAGE);
  const place = pages === 1 ? '' : `  ·  page ${page} of ${pages}`;
  const title = `*Duties${whose}*: ${standings.length}  ·  ${countWords(standings)}${place}`;
  const lines = shown.map((standing) => standingLine(standing, spec));
  const further =
    page === pages ? [] : [actions(button(DUTIES_BUTTON, 'Next page', `${asked.owner ?? ''}:${page + 1}`))];
  return { text: title, blocks: [section(title), ...listed(lines, PER_PAGE, ''), ...further] };
}

/** Reads what the button carries. @throws when it is none of ours */
export function readDutiesPage(value: string): DutiesAsked {
  const [, owner = '', page] = /^(.*):([1-9]\d{0,3})$/.exec(value) ?? [];
  if (page === undefined) throw new Error(`the button carries "${value}", no page of duties`);
  return { owner: owner === '' ? null : owner, page: Number(page) };
}

const COUNTED: readonly Exclude<StandingRank, 'fine'>[] = ['failed', 'late', 'missed', 'due', 'not connected'];

function countWords(standings: readonly DutyStanding[]): string {
  const ranks = standings.map(rankOf);
  const counts = COUNTED.map((rank) => ({ rank, count: ranks.filter((one) => one === rank).length }));
  const some = counts.filter(({ count }) => count > 0).map(({ rank, count }) => `${count} ${rank}`);
  return some.length === 0 ? 'nothing is due' : some.join('  ·  ');
}

function standingLine(standing: DutyStanding, spec: OperationsSpec): string {
  const { title, owner, when: words, next, last, way } = standing;
  const comes = next === null ? 'never again' : `next ${when(next)}`;
  return [
    `${signOf(standing)} ${bold(title, 120)}  ·  ${teamName(spec, owner)}  ·  ${wayWords(way)}`,
    `      ${mrkdwnLine(words, 150)}  ·  ${comes}  ·  ${lastWords(last)}`,
  ].join('\n');
}

/** What stands open or went wrong shows first; of the rest, whether anything can come of it. */
function signOf(standing: DutyStanding): string {
  const rank = rankOf(standing);
  if (rank === 'not connected') return ':electric_plug:';
  return RUN_EMOJI[rank === 'fine' ? (standing.last?.status ?? 'planned') : rank];
}

function wayWords(way: DutyWay): string {
  switch (way.kind) {
    case 'asked':
      return 'asked';
    case 'automated':
      return `automated (${way.action})`;
    case 'not connected':
      return `not connected: ${mrkdwnLine(way.reason, 120)}`;
  }
}

function lastWords(last: DutyRun | null): string {
  if (last === null) return 'never asked yet';
  const { end, status, dueAt, attempt } = last;
  if (end !== null) return `${runSubject(last.number)} ${endWords(end, 100)}`;
  const tried =
    attempt?.finished?.outcome === 'failed' ? `  ·  failed: ${mrkdwnLine(attempt.finished.summary, 100)}` : '';
  return `${runSubject(last.number)} ${stateWords(status, when(dueAt))}${tried}`;
}
