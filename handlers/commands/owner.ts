import { ownerAnswer } from '../../blocks/incident-answers.ts';
import { parseSetOwner } from '../../src/domain/incident/command.ts';
import { answerOf, refusalAnswer } from '../answers.ts';
import { FORMS } from '../forms.ts';
import type { Command, Subcommand } from '../registry.ts';
import { NOT_CLOSED, workOn } from '../work-on.ts';

const set: Subcommand = {
  verb: '',
  usage: '[INC-1] @user',
  help: 'Names the owner, which acknowledges the incident; `me` is you.',
  permission: 'incident.owner',
  async run(call, deps) {
    const typed = parseSetOwner(call.rest, call.user);
    if (!typed.ok) return refusalAnswer(typed.problem);
    const { incident, owner } = typed.value;
    return workOn(deps, {
      ...call,
      named: incident,
      candidates: NOT_CLOSED,
      act:
        owner === null
          ? null
          : async (number) => answerOf(await deps.verbs.setOwner(call.caller, { number, owner }), ownerAnswer),
      form: FORMS.owner(owner ?? call.user),
    });
  },
};

/** `/owner`: who answers for it. */
export const ownerCommand: Command = {
  name: '/owner',
  description: 'Names the owner of an incident.',
  usageHint: '[INC-1] @user',
  shouldEscape: true,
  subcommands: [],
  fallback: set,
};
