import { historyMessage } from '../blocks/duty-lists.ts';
import {
  cannotAnswer,
  doneAnswer,
  skippedAnswer,
  snoozedAnswer,
  startedAnswer,
  takenAnswer,
  waivedAnswer,
} from '../blocks/run-answers.ts';
import { runCard } from '../blocks/run-card.ts';
import { runStartPicker } from '../blocks/run-start-picker.ts';
import { namesTimeOfDay, parseHistory, parseRun, parseSnooze, parseStart } from '../src/domain/duty/command.ts';
import { typedEvidence } from '../src/domain/duty/evidence.ts';
import type { DutyRun } from '../src/domain/duty/run.ts';
import type { PermissionVerb } from '../src/domain/permissions.ts';
import { type Parsed, problem, understood } from '../src/domain/text/parsed.ts';
import type { RunChanged } from '../src/usecases/duty/change.ts';
import type { Caller } from '../src/usecases/ports.ts';
import { answerOf, refusalAnswer } from './answers.ts';
import type { Subcommand } from './registry.ts';
import { RUN_FORMS } from './run-forms.ts';
import type { Verbs } from './verbs.ts';
import { type RunForm, runHistoryAnswer, workOnRun } from './work-on-run.ts';

/** What follows a verb that takes nothing but a run. */
function namedRun(rest: string): Parsed<number | null> {
  const { run, text } = parseRun(rest);
  if (text === '') return understood(run);
  const window = /^win-?\d/i.test(text) ? ' For a maintenance window: `/maintenance info WIN-1`.' : '';
  return problem(`"${text}" is no run. Write one such as \`RUN-1\`; \`/maintenance next\` shows them.${window}`);
}

const show: Subcommand = {
  verb: 'show',
  usage: '[RUN-1]',
  help: 'Shows one run, with its buttons.',
  permission: null,
  async run(call, deps) {
    const typed = namedRun(call.rest);
    if (!typed.ok) return refusalAnswer(typed.problem);
    return workOnRun(deps, {
      ...call,
      named: typed.value,
      act: (run) => async () => runCard(run, deps.spec.current()),
      form: RUN_FORMS.show,
    });
  },
};

const take: Subcommand = {
  verb: 'take',
  usage: '[RUN-1]',
  help: 'Says that you do it.',
  permission: 'duty.work',
  async run(call, deps) {
    const typed = namedRun(call.rest);
    if (!typed.ok) return refusalAnswer(typed.problem);
    return workOnRun(deps, {
      ...call,
      named: typed.value,
      act:
        ({ number }) =>
        async () =>
          answerOf(await deps.verbs.takeRun(call.caller, { number }), takenAnswer),
      form: RUN_FORMS.take,
    });
  },
};

const done: Subcommand = {
  verb: 'done',
  usage: '[RUN-1] [evidence]',
  help: 'Says that it is done; words and links are the evidence.',
  permission: 'duty.work',
  run(call, deps) {
    const { run: named, text } = parseRun(call.rest);
    const evidence = typedEvidence(text);
    return workOnRun(deps, {
      ...call,
      named,
      act: (run) =>
        run.evidence === 'required' && evidence.length === 0
          ? null
          : async () => answerOf(await deps.verbs.finishRun(call.caller, { number: run.number, evidence }), doneAnswer),
      form: RUN_FORMS.done(evidence),
    });
  },
};

/** A verb that is done at once when its reason is typed with it, and otherwise asks for the reason in a form. */
function withReason(
  words: Pick<Subcommand, 'verb' | 'help'>,
  permission: PermissionVerb,
  act: (
    verbs: Verbs,
    caller: Caller,
    input: { readonly number: number; readonly reason: string },
  ) => Promise<RunChanged>,
  answer: (run: DutyRun) => string,
  form: (reason: string) => RunForm,
): Subcommand {
  return {
    ...words,
    usage: '[RUN-1] <reason>',
    permission,
    run(call, deps) {
      const { run: named, text: reason } = parseRun(call.rest);
      return workOnRun(deps, {
        ...call,
        named,
        act: ({ number }) =>
          reason === '' ? null : async () => answerOf(await act(deps.verbs, call.caller, { number, reason }), answer),
        form: form(reason),
      });
    },
  };
}

const skip = withReason(
  { verb: 'skip', help: 'Leaves it out this time, for a reason.' },
  'duty.skip',
  (verbs, ...input) => verbs.skipRun(...input),
  skippedAnswer,
  RUN_FORMS.skip,
);

const cannot = withReason(
  { verb: 'cannot', help: 'Says that you cannot do it; the next contact is told.' },
  'duty.work',
  (verbs, ...input) => verbs.cannotRun(...input),
  cannotAnswer,
  RUN_FORMS.cannot,
);

const waive = withReason(
  { verb: 'waive', help: 'Exempts from it, in your name; a form also takes an expiry.' },
  'duty.waive',
  (verbs, caller, input) => verbs.waiveRun(caller, { ...input, until: null }),
  waivedAnswer,
  RUN_FORMS.waive,
);

const snooze: Subcommand = {
  verb: 'snooze',
  usage: '[RUN-1] [2h | until 16:30]',
  help: 'Reminds you of it again then; it stays due as it was.',
  permission: 'duty.work',
  async run(call, deps) {
    const { run: named, text } = parseRun(call.rest);
    const now = deps.clock.now();
    const typed = parseSnooze(text, now, namesTimeOfDay(text) ? await deps.directory.zoneOf(call.user) : null);
    if (!typed.ok) return refusalAnswer(typed.problem);
    const until = typed.value;
    return workOnRun(deps, {
      ...call,
      named,
      act: ({ number }) =>
        until === null
          ? null
          : async () => answerOf(await deps.verbs.snoozeRun(call.caller, { number, until }), snoozedAnswer),
      form: RUN_FORMS.snooze(now, until),
    });
  },
};

const history: Subcommand = {
  verb: 'history',
  usage: '[RUN-1 | duty | team]',
  help: 'Shows how runs ended and what proves it, or all that happened to one.',
  permission: null,
  async run({ rest }, deps) {
    const { verbs, spec } = deps;
    const { run } = parseRun(rest);
    if (run !== null) return runHistoryAnswer(deps, run);
    const typed = parseHistory(rest, spec.current());
    if (!typed.ok) return refusalAnswer(typed.problem);
    const { duty, owner } = typed.value;
    const runs = await verbs.dutyHistory({
      ...(duty === null ? {} : { duty }),
      ...(owner === null ? {} : { owners: [owner] }),
    });
    return historyMessage(runs, duty ?? owner, spec.current());
  },
};

const runNow: Subcommand = {
  verb: 'run',
  usage: '[RUN-1 | duty]',
  help: 'Has Mainstay do an automated duty now: again, early, or outside its calendar.',
  permission: 'duty.run',
  async run({ rest, caller, openModal }, { verbs, spec }) {
    const typed = parseStart(rest, spec.current());
    if (!typed.ok) return refusalAnswer(typed.problem);
    const { run, duty } = typed.value;
    if (run !== null) return answerOf(await verbs.startRun(caller, { number: run }), startedAnswer);
    if (duty !== null) return answerOf(await verbs.startDuty(caller, { duty }), startedAnswer);
    const runs = (await verbs.listOpenRuns()).filter(({ action }) => action !== null);
    const duties = spec.current().duties.filter((one) => one.run !== undefined);
    if (runs.length + duties.length === 0) {
      return refusalAnswer('No duty of the spec is automated: there is nothing that Mainstay could run.');
    }
    await openModal(runStartPicker({ runs, duties }));
    return null;
  },
};

/** What `/maintenance` does with runs of duties, in the order of its help. */
export const runVerbs: readonly Subcommand[] = [show, take, done, skip, snooze, cannot, waive, runNow, history];
