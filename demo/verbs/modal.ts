/** Submitting and closing modals: `view_submission` with its four answers, `view_closed`, and the stack of up to three. */
import { z } from 'zod';
import type { Ack } from '../slack/front-door.ts';
import { viewClosed, viewSubmission } from '../slack/payloads.ts';
import type { ViewRow } from '../slack/records.ts';
import { formFaults, stateValues } from '../slack/view-state.ts';
import type { Persona } from '../slack/workspace.ts';
import { INSTALLATION, PLATFORM_TOKEN } from '../slack/workspace.ts';
import { asView } from './interactive.ts';
import type { GivenAnswer, Outcome, Stage } from './stage.ts';
import { namedAnswers, Refused, trigger } from './stage.ts';

const view = z.looseObject({ type: z.literal('modal') });
const responseSchema = z.discriminatedUnion('response_action', [
  z.object({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string()) }),
  z.object({ response_action: z.literal('update'), view }),
  z.object({ response_action: z.literal('push'), view }),
  z.object({ response_action: z.literal('clear') }),
]);

const TROUBLE = 'We had some trouble connecting. Try again?';

/** Presses a modal's submit button. The client checks the form first, as Slack's does. */
export async function submit(
  stage: Stage,
  person: Persona,
  o: { view: string; answers: readonly GivenAnswer[] },
): Promise<Outcome> {
  const row = modalOf(stage, person, o.view);
  const answers = namedAnswers(row.blocks, o.answers);
  const errors = formFaults(row.blocks, stateValues(row.blocks, answers));
  if (Object.keys(errors).length > 0) return { errors };
  const triggerId = await trigger(stage, person, row.view_id);
  const payload = viewSubmission(INSTALLATION, { person, view: asView(row), answers, triggerId });
  return respond(stage, person, row, await stage.door.interaction(payload));
}

/** Presses Cancel (back to the modal below) or the cross (`all`: the whole stack). */
export async function close(stage: Stage, person: Persona, o: { view: string; all: boolean }): Promise<Outcome> {
  const row = modalOf(stage, person, o.view);
  const closing = o.all || row.clear_on_close ? stackOf(stage, row) : [row];
  for (const one of closing.toReversed()) {
    stage.emulator.table('views').delete(one.id);
    if (!one.notify_on_close) continue;
    await stage.door.interaction(
      viewClosed(INSTALLATION, { person, view: asView(one), isCleared: closing.length > 1 }),
    );
  }
  return {};
}

async function respond(stage: Stage, person: Persona, row: ViewRow, ack: Ack): Promise<Outcome> {
  if (!ack.ok) return { error: TROUBLE };
  const views = stage.emulator.table('views');
  const isBare = ack.body === undefined || ack.body === '' || JSON.stringify(ack.body) === '{}';
  if (isBare) {
    views.delete(row.id);
    return {};
  }
  const response = responseSchema.safeParse(ack.body);
  if (!response.success) return { error: TROUBLE };
  switch (response.data.response_action) {
    case 'errors':
      return { errors: response.data.errors };
    case 'clear':
      for (const one of stackOf(stage, row)) views.delete(one.id);
      return {};
    case 'update': {
      const done = await stage.emulator.call(PLATFORM_TOKEN, 'views.update', {
        view_id: row.view_id,
        view: response.data.view,
      });
      return done.ok ? {} : { error: TROUBLE };
    }
    case 'push': {
      const trigger_id = await trigger(stage, person, row.view_id);
      const done = await stage.emulator.call(PLATFORM_TOKEN, 'views.push', { trigger_id, view: response.data.view });
      return done.ok ? {} : { error: TROUBLE };
    }
  }
}

function modalOf(stage: Stage, person: Persona, viewId: string): ViewRow {
  const row = stage.emulator
    .table('views')
    .findBy('view_id', viewId)
    .find(({ user_id }) => user_id === person.id);
  if (row?.type !== 'modal') throw new Refused('That modal is closed.');
  return row;
}

function stackOf(stage: Stage, row: ViewRow): ViewRow[] {
  return stage.emulator
    .table('views')
    .findBy('root_view_id', row.root_view_id)
    .filter(({ type }) => type === 'modal')
    .sort((a, b) => a.id - b.id);
}
