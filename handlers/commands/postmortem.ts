import { publishAnswer, waiveAnswer } from '../../blocks/incident-answers.ts';
import { parseAddressed } from '../../src/domain/incident/command.ts';
import { answerOf } from '../answers.ts';
import { FORMS } from '../forms.ts';
import { draftAnswer, pickForm } from '../look-at.ts';
import type { Command, Subcommand } from '../registry.ts';
import { ANY, FINISHED, workOn, workOnNamed } from '../work-on.ts';

const draft: Subcommand = {
  verb: 'draft',
  usage: '[INC-1]',
  help: 'Shows a draft made of what was recorded, each fact with its source.',
  permission: 'postmortem.draft',
  run: (call, deps) =>
    workOnNamed(deps, call, {
      candidates: ANY,
      act: (number) => draftAnswer(deps, call.caller, number),
      form: pickForm('draft'),
    }),
};

const publish: Subcommand = {
  verb: 'publish',
  usage: '[INC-1] [link]',
  help: 'Says that the post-mortem is out, and where.',
  permission: 'postmortem.publish',
  run(call, deps) {
    const { incident, text } = parseAddressed(call.rest);
    // Slack sends a typed address as <https://...> or <https://...|label>.
    const link = /^<([^|>]+)(?:\|[^>]*)?>$/.exec(text)?.[1] ?? text;
    return workOn(deps, {
      ...call,
      named: incident,
      candidates: FINISHED,
      act:
        link === ''
          ? null
          : async (number) =>
              answerOf(await deps.verbs.publishPostmortem(call.caller, { number, link }), publishAnswer),
      form: FORMS.publish(link),
    });
  },
};

const waive: Subcommand = {
  verb: 'waive',
  usage: '[INC-1] <reason>',
  help: 'Says in your name that none is needed, and why.',
  permission: 'postmortem.waive',
  run(call, deps) {
    const { incident, text: reason } = parseAddressed(call.rest);
    return workOn(deps, {
      ...call,
      named: incident,
      candidates: FINISHED,
      act:
        reason === ''
          ? null
          : async (number) => answerOf(await deps.verbs.waivePostmortem(call.caller, { number, reason }), waiveAnswer),
      form: FORMS.waive(reason),
    });
  },
};

/** `/postmortem`: what is learnt from an incident. */
export const postmortemCommand: Command = {
  name: '/postmortem',
  description: 'Drafts and settles the post-mortem of an incident.',
  usageHint: 'draft | publish | waive | help',
  shouldEscape: true,
  subcommands: [draft, publish, waive],
};
