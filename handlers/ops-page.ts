import { acknowledgedAnswer, pagedAnswer } from '../blocks/page-answers.ts';
import { pageList, pageShown } from '../blocks/page-lists.ts';
import { pageModal } from '../blocks/page-modal.ts';
import { parsePage } from '../src/domain/page/command.ts';
import { answerOf, refusalAnswer } from './answers.ts';
import type { EdgeDeps } from './deps.ts';
import type { Answer, CommandCall, Subcommand } from './registry.ts';

/** `/ops page`: wakes a team, or says that somebody is up. */
export const opsPage: Subcommand = {
  verb: 'page',
  usage: '[team] [what is wrong] | me | ack PAGE-1',
  help: 'Wakes a team: its contacts are called one after the other until somebody acknowledges. `me` calls yourself, to see that it works.',
  permission: 'page.send',
  async run(call, deps) {
    const typed = parsePage(call.rest, deps.spec.current());
    if (!typed.ok) return refusalAnswer(typed.problem);
    const { caller } = call;
    const { value } = typed;
    switch (value.what) {
      case 'acknowledge':
        return answerOf(await deps.verbs.acknowledgePage(caller, { number: value.number }), acknowledgedAnswer);
      case 'self':
        return answerOf(await deps.verbs.sendPage(caller, { team: null, text: value.text }), pagedAnswer);
      case 'send': {
        const { team, text } = value;
        if (team === null || text === '') return askWhom(call, deps, team);
        return answerOf(await deps.verbs.sendPage(caller, { team, text }), pagedAnswer);
      }
    }
  },
};

async function askWhom({ openModal }: CommandCall, { spec }: EdgeDeps, team: string | null): Promise<Answer | null> {
  const view = pageModal(team, '', spec.current());
  if (view === null) return refusalAnswer('The operations spec has no team of which anybody can be called.');
  await openModal(view);
  return null;
}

/** `/ops pages`: who is called now, and who was. */
export const opsPages: Subcommand = {
  verb: 'pages',
  usage: '[PAGE-1]',
  help: 'Lists pages: who is being called now, who was, and who acknowledged; or shows every call of one.',
  permission: null,
  async run({ rest }, deps) {
    if (rest.trim() === '') {
      const { open, recent } = await deps.verbs.listPages();
      return pageList(open, recent, deps.spec.current());
    }
    const number = Number(/^(?:page-?)?(\d{1,9})$/i.exec(rest.trim())?.[1]);
    return number > 0
      ? pageAnswer(deps, number)
      : refusalAnswer(`"${rest.trim()}" is no page. Type one such as \`/ops pages PAGE-1\`.`);
  },
};

/** One page with every call of it. */
export async function pageAnswer({ verbs }: EdgeDeps, number: number): Promise<Answer> {
  const shown = await verbs.showPage(number);
  return shown.ok ? pageShown(shown.value) : refusalAnswer(shown.refusal.message);
}
