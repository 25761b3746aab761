import { declareModal } from '../../blocks/declare-modal.ts';
import {
  closeAnswer,
  declaredAnswer,
  mitigateAnswer,
  noteAnswer,
  reopenAnswer,
  resolveAnswer,
  updateAnswer,
} from '../../blocks/incident-answers.ts';
import { incidentList } from '../../blocks/incident-list.ts';
import { parseAddressed, parseDeclare, parseNote, parseOnlyIncident } from '../../src/domain/incident/command.ts';
import { answerOf, refusalAnswer } from '../answers.ts';
import { FORMS } from '../forms.ts';
import { cardAnswer, pickForm, timelineAnswer } from '../look-at.ts';
import { withdrawPublicNote, writePublicNote } from '../public-notes.ts';
import type { Command, Subcommand } from '../registry.ts';
import { ANY, FINISHED, NOT_CLOSED, OPEN, workOn, workOnNamed } from '../work-on.ts';

const declare: Subcommand = {
  verb: 'declare',
  usage: '[SEV1-4] [title]',
  help: 'Declares an incident; without a title a form asks for it.',
  permission: 'incident.declare',
  async run(call, { spec, verbs }) {
    const typed = parseDeclare(call.rest);
    if (!typed.ok) return refusalAnswer(typed.problem);
    const { severity, title } = typed.value;
    if (title === '') {
      await call.openModal(declareModal({ severity, title, origin: call.channel }, spec.current()));
      return null;
    }
    const origin = call.channel;
    const declaration = { title, severity, category: null, service: null, description: '', origin };
    return answerOf(await verbs.declareIncident(call.caller, declaration), declaredAnswer);
  },
};

const list: Subcommand = {
  verb: 'list',
  usage: '[all]',
  help: 'Lists the open incidents, or all of them.',
  permission: null,
  async run({ rest }, { verbs }) {
    const word = rest.trim().toLowerCase();
    if (word !== '' && word !== 'all' && word !== 'open') {
      return refusalAnswer(
        `"${rest}" is nothing that can be listed. Type \`/incident list\` or \`/incident list all\`.`,
      );
    }
    const which = word === 'all' ? 'all' : 'open';
    return incidentList(await verbs.listIncidents(which), which);
  },
};

const show: Subcommand = {
  verb: 'show',
  usage: '[INC-1]',
  help: 'Shows one incident, with its buttons.',
  permission: null,
  run: (call, deps) =>
    workOnNamed(deps, call, {
      candidates: ANY,
      act: (number) => cardAnswer(deps, number),
      form: pickForm('show'),
    }),
};

const timeline: Subcommand = {
  verb: 'timeline',
  usage: '[INC-1]',
  help: 'Shows what happened, in order.',
  permission: null,
  run: (call, deps) =>
    workOnNamed(deps, call, {
      candidates: ANY,
      act: (number) => timelineAnswer(deps, number),
      form: pickForm('timeline'),
    }),
};

const update: Subcommand = {
  verb: 'update',
  usage: '[INC-1] <text>',
  help: 'Posts a status update, which the severity asks for at its pace.',
  permission: 'incident.update',
  run(call, deps) {
    const { incident, text } = parseAddressed(call.rest);
    return workOn(deps, {
      ...call,
      named: incident,
      candidates: OPEN,
      act:
        text === ''
          ? null
          : async (number) => answerOf(await deps.verbs.postUpdate(call.caller, { number, text }), updateAnswer),
      form: FORMS.update(deps.spec.current(), text),
    });
  },
};

const mitigate: Subcommand = {
  verb: 'mitigate',
  usage: '[INC-1] [what is being done]',
  help: 'Says that a remedy is under way.',
  permission: 'incident.update',
  run(call, deps) {
    const { incident, text } = parseAddressed(call.rest);
    return workOn(deps, {
      ...call,
      named: incident,
      candidates: OPEN,
      act: async (number) => answerOf(await deps.verbs.mitigateIncident(call.caller, { number, text }), mitigateAnswer),
      form: FORMS.mitigate(text),
    });
  },
};

const resolve: Subcommand = {
  verb: 'resolve',
  usage: '[INC-1] <summary>',
  help: 'Ends the incident and says what ended it.',
  permission: 'incident.resolve',
  run(call, deps) {
    const { incident, text: summary } = parseAddressed(call.rest);
    return workOn(deps, {
      ...call,
      named: incident,
      candidates: OPEN,
      act:
        summary === ''
          ? null
          : async (number) =>
              answerOf(await deps.verbs.resolveIncident(call.caller, { number, summary }), resolveAnswer),
      form: FORMS.resolve(deps.spec.current(), summary),
    });
  },
};

const reopen: Subcommand = {
  verb: 'reopen',
  usage: '[INC-1] <reason>',
  help: 'Opens a resolved or closed incident again.',
  permission: 'incident.reopen',
  run(call, deps) {
    const { incident, text: reason } = parseAddressed(call.rest);
    return workOn(deps, {
      ...call,
      named: incident,
      candidates: FINISHED,
      act:
        reason === ''
          ? null
          : async (number) => answerOf(await deps.verbs.reopenIncident(call.caller, { number, reason }), reopenAnswer),
      form: FORMS.reopen(reason),
    });
  },
};

const close: Subcommand = {
  verb: 'close',
  usage: '[INC-1]',
  help: 'Closes an incident whose post-mortem is settled, or that needs none.',
  permission: 'incident.close',
  run: (call, deps) =>
    workOnNamed(deps, call, {
      candidates: FINISHED,
      act: async (number) => answerOf(await deps.verbs.closeIncident(call.caller, { number }), closeAnswer),
      form: pickForm('close'),
    }),
};

const note: Subcommand = {
  verb: 'note',
  usage: '[INC-1] [at 14:05] <text>',
  help: 'Adds a line to the timeline, now or at a time of yours that has passed.',
  permission: 'incident.update',
  async run(call, deps) {
    const { rest, user } = call;
    const timed = /^(?:inc-?\d+[\s:,]+)?at\s+\d/i.test(rest);
    const typed = parseNote(rest, deps.clock.now(), timed ? await deps.directory.zoneOf(user) : null);
    if (!typed.ok) return refusalAnswer(typed.problem);
    const { incident, text, at } = typed.value;
    return workOn(deps, {
      ...call,
      named: incident,
      candidates: NOT_CLOSED,
      act:
        text === ''
          ? null
          : async (number) => answerOf(await deps.verbs.noteIncident(call.caller, { number, text, at }), noteAnswer),
      form: FORMS.note(text, at),
    });
  },
};

const publicNote: Subcommand = {
  verb: 'public',
  usage: '[INC-1] [text]',
  help: 'Writes a note for everybody on the status page; a form shows first where it will stand.',
  permission: null,
  run(call, deps) {
    const { incident: named, text } = parseAddressed(call.rest);
    return writePublicNote(deps, call, { named, text });
  },
};

const withdraw: Subcommand = {
  verb: 'withdraw',
  usage: '[INC-1]',
  help: 'Takes a public note off the status page.',
  permission: null,
  async run(call, deps) {
    const typed = parseOnlyIncident(call.rest);
    if (!typed.ok) return refusalAnswer(typed.problem);
    return withdrawPublicNote(deps, call, typed.value);
  },
};

/** `/incident`: the life of an incident from the first word to the last. */
export const incidentCommand: Command = {
  name: '/incident',
  description: 'Declares and works incidents.',
  usageHint:
    'declare | list | show | update | mitigate | resolve | close | reopen | timeline | note | public | withdraw | help',
  // Mentions in a note or an update stay people.
  shouldEscape: true,
  subcommands: [declare, list, show, update, mitigate, resolve, reopen, close, note, timeline, publicNote, withdraw],
};
