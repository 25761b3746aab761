import { windowSubject } from '../src/domain/event.ts';
import type { Aftermath, Quiet, QuietThing } from '../src/domain/window/quiet.ts';
import type { MaintenanceWindow } from '../src/domain/window/window.ts';
import type { DeclareDraft } from './declare-modal.ts';
import { bold, CUT, mrkdwnLine } from './escape.ts';
import { when } from './words.ts';

/** Things that one message names. */
const MOST = 8;

/** "1 alarm", "3 alarms". */
export function countOf(count: number): string {
  return count === 1 ? '1 alarm' : `${count} alarms`;
}

/** "this still fails", "these 3 still fail". */
export function stillOf(count: number): string {
  return count === 1 ? 'this still fails' : `these ${count} still fail`;
}

/** The first of them, each in a line. */
export function listOf(things: readonly QuietThing[], count: number): string {
  const shown = things.slice(0, MOST);
  const lines = shown.map(
    ({ name, detail }) => `• ${bold(name, 150)}${detail === '' ? '' : `: ${mrkdwnLine(detail, 150)}`}`,
  );
  const left = count - shown.length;
  return [...lines, ...(left > 0 ? [`${CUT} and ${left} more`] : [])].join('\n');
}

/** What a window keeps quiet and where, or what was found when it was over: each text a section, none where there is nothing to say. */
export function quietWords(window: MaintenanceWindow): string[] {
  const { quiet, aftermath } = window;
  const found =
    aftermath === null
      ? [quiet.count === 0 ? '' : `:no_bell: ${countOf(quiet.count)} kept quiet:\n${listOf(quiet.things, quiet.count)}`]
      : afterwards(aftermath, quiet);
  return [silencesOf(window), ...found].filter((text) => text !== '');
}

function silencesOf({ silences }: MaintenanceWindow): string {
  const lines = Object.entries(silences).flatMap(([target, { until, problem }]) => {
    const where = mrkdwnLine(target, 80);
    if (problem !== null)
      return `:warning: Not silenced in ${where} as it should be: ${mrkdwnLine(problem, 200)}. It is tried again each minute.`;
    return until === null ? [] : `:no_bell: Silenced in ${where} until ${when(until)}`;
  });
  return lines.slice(0, MOST).join('\n');
}

function afterwards({ still, count, problem }: Aftermath, quiet: Quiet): string[] {
  const keys = new Set(still.map(({ key }) => key));
  const well = quiet.things.filter(({ key }) => !keys.has(key));
  const names = well.slice(0, MOST).map(({ name }) => bold(name, 100));
  const more = well.length > MOST ? ` and ${well.length - MOST} more` : '';
  return [
    count === 0 ? '' : `:rotating_light: It is over, and ${stillOf(count)}:\n${listOf(still, count)}`,
    well.length === 0 ? '' : `:white_check_mark: Recovered within: ${names.join(', ')}${more}`,
    problem === null ? '' : `:warning: Not all could be asked at its end: ${mrkdwnLine(problem, 300)}`,
  ];
}

/** The form for an incident of what still fails after a window. */
export function draftAfter({ number, title, services, aftermath }: MaintenanceWindow): Omit<DeclareDraft, 'origin'> {
  const still = aftermath?.still ?? [];
  const [first] = still;
  const count = aftermath?.count ?? 0;
  const what = first === undefined ? 'Trouble' : count === 1 ? first.name : `${first.name} and ${count - 1} more`;
  return {
    title: `${what} after maintenance ${windowSubject(number)}`,
    severity: null,
    service: services[0] ?? null,
    description: `After ${windowSubject(number)}, ${title}.\n${still
      .slice(0, MOST)
      .map(({ name, detail }) => `${name}${detail === '' ? '' : `: ${detail}`}`)
      .join('\n')}`,
    window: number,
  };
}
