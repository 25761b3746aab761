import {
  approvedAnswer,
  cancelledAnswer,
  endedAnswer,
  extendedAnswer,
  startedAnswer,
} from '../blocks/window-answers.ts';
import { allWindows, windowList } from '../blocks/window-lists.ts';
import { windowCancelModal, windowExtendModal, windowPicker } from '../blocks/window-modals.ts';
import { windowPlanModal } from '../blocks/window-plan-modal.ts';
import { namesTimeOfDay } from '../src/domain/duty/command.ts';
import type { Outcome } from '../src/domain/outcome.ts';
import type { PermissionVerb } from '../src/domain/permissions.ts';
import { namesTime, parsePlan, parseWindow } from '../src/domain/window/command.ts';
import { parseNewEnd } from '../src/domain/window/new-end.ts';
import type { WindowMove } from '../src/domain/window/transitions.ts';
import {
  type MaintenanceWindow,
  OPEN_WINDOW_STATUSES,
  WINDOW_STATUSES,
  type WindowStatus,
} from '../src/domain/window/window.ts';
import type { Caller } from '../src/usecases/ports.ts';
import { answerOf, refusalAnswer } from './answers.ts';
import type { Subcommand } from './registry.ts';
import type { Verbs } from './verbs.ts';
import { windowInfoAnswer, workOnWindow } from './work-on-window.ts';

const AHEAD: readonly WindowStatus[] = ['planned', 'announced'];

const plan: Subcommand = {
  verb: 'plan',
  usage: '[service] [2026-03-29 02:30] [2h] [what]',
  help: 'Plans a maintenance window (WIN): a form asks for what you leave out.',
  permission: 'window.plan',
  async run({ rest, user, openModal }, { spec, clock, directory }) {
    const zone = namesTime(rest) ? await directory.zoneOf(user) : null;
    const typed = parsePlan(rest, spec.current(), clock.now(), zone);
    if (!typed.ok) return refusalAnswer(typed.problem);
    await openModal(windowPlanModal(typed.value, user, spec.current()));
    return null;
  },
};

/** A verb that takes nothing but a window. */
function bare(
  words: Pick<Subcommand, 'help'> & { readonly verb: 'start' | 'end' | 'approve' },
  permission: PermissionVerb,
  candidates: readonly WindowStatus[],
  act: (verbs: Verbs, caller: Caller, input: { readonly number: number }) => Promise<Outcome<MaintenanceWindow>>,
  answer: (window: MaintenanceWindow) => string,
): Subcommand {
  return {
    ...words,
    usage: '[WIN-1]',
    permission,
    async run(call, deps) {
      const named = namedWindow(call.rest);
      if (typeof named === 'string') return refusalAnswer(named);
      return workOnWindow(deps, {
        ...call,
        named,
        candidates,
        act: async (number) => answerOf(await act(deps.verbs, call.caller, { number }), answer),
        form: { move: words.verb satisfies WindowMove, view: windowPicker(words.verb) },
      });
    },
  };
}

/** The window's number, null for none, or what is wrong with what was typed. */
function namedWindow(rest: string): number | null | string {
  const { window, text } = parseWindow(rest);
  if (text === '') return window;
  const duty = /^run-?\d/i.test(text) ? ' Runs of duties are taken, done and skipped.' : '';
  return `"${text}" is no maintenance window. Write one such as \`WIN-1\`; \`/maintenance list\` shows them.${duty}`;
}

const approve = bare(
  { verb: 'approve', help: 'Agrees to a maintenance window that somebody else planned.' },
  'window.approve',
  AHEAD,
  (verbs, ...input) => verbs.approveWindow(...input),
  approvedAnswer,
);

const start = bare(
  { verb: 'start', help: 'Begins a maintenance window before its time; at its time it begins by itself.' },
  'window.start',
  AHEAD,
  (verbs, ...input) => verbs.startWindow(...input),
  startedAnswer,
);

const end = bare(
  { verb: 'end', help: 'Ends a maintenance window; then you are asked what was done.' },
  'window.end',
  ['started'],
  (verbs, ...input) => verbs.finishWindow(...input),
  endedAnswer,
);

const extend: Subcommand = {
  verb: 'extend',
  usage: '[WIN-1] [30m | until 05:30] [why]',
  help: 'Gives a maintenance window more time, and tells everybody affected.',
  permission: 'window.extend',
  async run(call, deps) {
    const { window: named, text } = parseWindow(call.rest);
    const now = deps.clock.now();
    const typed = parseNewEnd(text, now, namesTimeOfDay(text) ? await deps.directory.zoneOf(call.user) : null);
    if (!typed.ok) return refusalAnswer(typed.problem);
    const { end: until, reason } = typed.value;
    return workOnWindow(deps, {
      ...call,
      named,
      candidates: OPEN_WINDOW_STATUSES,
      act:
        until === null
          ? null
          : async (number) =>
              answerOf(await deps.verbs.extendWindow(call.caller, { number, end: until, reason }), extendedAnswer),
      form: { move: 'extend', view: (about) => windowExtendModal(about, now, until, reason) },
    });
  },
};

const cancel: Subcommand = {
  verb: 'cancel',
  usage: '[WIN-1] <reason>',
  help: 'Cancels a maintenance window that has not begun.',
  permission: 'window.cancel',
  run(call, deps) {
    const { window: named, text: reason } = parseWindow(call.rest);
    return workOnWindow(deps, {
      ...call,
      named,
      candidates: AHEAD,
      act:
        reason === ''
          ? null
          : async (number) => answerOf(await deps.verbs.cancelWindow(call.caller, { number, reason }), cancelledAnswer),
      form: { move: 'cancel', view: (about) => windowCancelModal(about, reason) },
    });
  },
};

const info: Subcommand = {
  verb: 'info',
  usage: '[WIN-1]',
  help: 'Shows one maintenance window, with its buttons and what happened in it.',
  permission: null,
  async run(call, deps) {
    const named = namedWindow(call.rest);
    if (typeof named === 'string') return refusalAnswer(named);
    return workOnWindow(deps, {
      ...call,
      named,
      candidates: WINDOW_STATUSES,
      act: (number) => windowInfoAnswer(deps, number),
      form: { move: null, view: windowPicker('info') },
    });
  },
};

const list: Subcommand = {
  verb: 'list',
  usage: '[all]',
  help: 'Lists the maintenance windows under way and to come, or all there were.',
  permission: null,
  async run({ rest }, { verbs, spec }) {
    const word = rest.trim().toLowerCase();
    if (word === 'all') return allWindows(await verbs.listWindows(), spec.current());
    if (word === '') return windowList(await verbs.windowsAhead(), spec.current());
    return refusalAnswer(
      `"${rest.trim()}" is nothing that can be listed. Type \`/maintenance list\` or \`/maintenance list all\`.`,
    );
  },
};

/** The verbs of `/maintenance` that are about windows; those about duties are others. */
export const windowVerbs: readonly Subcommand[] = [plan, approve, start, extend, end, cancel, info, list];
