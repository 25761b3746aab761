import { type DutiesAsked, dutiesMessage } from '../blocks/duty-overview.ts';
import { parseDutyPage } from '../src/domain/duty/command.ts';
import { refusalAnswer } from './answers.ts';
import type { EdgeDeps } from './deps.ts';
import type { Answer, Subcommand } from './registry.ts';

/** `/ops duties`: how every duty of the spec stands. */
export const opsDuties: Subcommand = {
  verb: 'duties',
  usage: '[team] [page]',
  help: 'Shows every duty of the spec: its owner, when, what came of it last; the worst first.',
  permission: null,
  async run({ rest }, deps) {
    const typed = parseDutyPage(rest, deps.spec.current());
    return typed.ok ? dutiesAnswer(deps, typed.value) : refusalAnswer(typed.problem);
  },
};

/** One page of how the duties stand. */
export async function dutiesAnswer({ verbs, spec }: EdgeDeps, asked: DutiesAsked): Promise<Answer> {
  const standings = await verbs.dutyOverview(asked.owner === null ? {} : { owners: [asked.owner] });
  return dutiesMessage(standings, asked, spec.current());
}
