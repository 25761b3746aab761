import { severityAnswer } from '../../blocks/incident-answers.ts';
import { parseSetSeverity } from '../../src/domain/incident/command.ts';
import { answerOf, refusalAnswer } from '../answers.ts';
import { FORMS } from '../forms.ts';
import type { Command, Subcommand } from '../registry.ts';
import { OPEN, workOn } from '../work-on.ts';

const set: Subcommand = {
  verb: '',
  usage: '[INC-1] SEV1-4 [reason]',
  help: 'Sets the severity; without one a form shows what each means.',
  permission: 'incident.severity',
  async run(call, deps) {
    const typed = parseSetSeverity(call.rest);
    if (!typed.ok) return refusalAnswer(typed.problem);
    const { incident, severity, reason } = typed.value;
    return workOn(deps, {
      ...call,
      named: incident,
      candidates: OPEN,
      act:
        severity === null
          ? null
          : async (number) =>
              answerOf(await deps.verbs.setSeverity(call.caller, { number, to: severity, reason }), severityAnswer),
      form: FORMS.severity(deps.spec.current(), typed.value),
    });
  },
};

/** `/severity`: how bad it is. */
export const severityCommand: Command = {
  name: '/severity',
  description: 'Sets the severity of an incident.',
  usageHint: '[INC-1] SEV1-4 [reason]',
  shouldEscape: true,
  subcommands: [],
  fallback: set,
};
