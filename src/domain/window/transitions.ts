import { windowSubject } from '../event.ts';
import { refused } from '../outcome.ts';
import type { WindowRefusal, WindowRefused } from './refusals.ts';
import { isApproved, type MaintenanceWindow, type WindowStatus } from './window.ts';

/** Everything somebody can do to a window that is planned. */
export type WindowMove = 'approve' | 'start' | 'extend' | 'end' | 'cancel' | 'report';

type StateRefusal = Extract<
  WindowRefusal,
  'not-started' | 'not-ended' | 'already-started' | 'already-ended' | 'already-cancelled'
>;

const OVER = { ended: 'already-ended', cancelled: 'already-cancelled' } as const;

/** What may be done in which status, and why not. What has begun is ended, not cancelled: people worked in it. */
const TABLE: Record<WindowMove, Record<WindowStatus, 'ok' | StateRefusal>> = {
  approve: { planned: 'ok', announced: 'ok', started: 'already-started', ...OVER },
  start: { planned: 'ok', announced: 'ok', started: 'already-started', ...OVER },
  extend: { planned: 'ok', announced: 'ok', started: 'ok', ...OVER },
  end: { planned: 'not-started', announced: 'not-started', started: 'ok', ...OVER },
  cancel: { planned: 'ok', announced: 'ok', started: 'already-started', ...OVER },
  report: {
    planned: 'not-ended',
    announced: 'not-ended',
    started: 'not-ended',
    ended: 'ok',
    cancelled: 'already-cancelled',
  },
};

/** May this be done in the status the window has? Null if so; otherwise the refusal. */
export function windowRefusalFor(move: WindowMove, window: MaintenanceWindow): WindowRefused | null {
  const id = windowSubject(window.number);
  const answer = TABLE[move][window.status];
  if (answer !== 'ok') return refused(answer, SENTENCES[answer](id, window));
  if (move === 'start' && !isApproved(window)) {
    return refused(
      'not-approved',
      `${id} begins only when somebody has agreed to it: \`/maintenance approve ${id}\`, by someone other than who planned it.`,
    );
  }
  return null;
}

const SENTENCES: Record<StateRefusal, (id: string, window: MaintenanceWindow) => string> = {
  'not-started': (id) =>
    `${id} has not begun. Begin it with \`/maintenance start ${id}\`, or cancel it with \`/maintenance cancel ${id} <reason>\`.`,
  'not-ended': (id) => `${id} has not ended yet: \`/maintenance end ${id}\` first.`,
  'already-started': (id, { started }) =>
    `${id} has begun${at(started)}. \`/maintenance extend ${id} 30m\` gives it more time, \`/maintenance end ${id}\` ends it.`,
  'already-ended': (id, { ended }) => `${id} ended${at(ended)}. \`/maintenance info ${id}\` shows what happened.`,
  'already-cancelled': (id, { cancelled }) => `${id} was cancelled${at(cancelled)}. Plan another one.`,
};

function at(done: { readonly at: string } | null): string {
  return done === null ? '' : ` at ${done.at.slice(0, 16).replace('T', ' ')} UTC`;
}
