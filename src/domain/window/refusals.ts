import { windowSubject } from '../event.ts';
import { type Refusal, refused } from '../outcome.ts';

/** Every reason for which something is not done to a maintenance window. */
export type WindowRefusal =
  | 'unknown-window'
  | 'not-permitted'
  | 'empty-text'
  | 'no-scope'
  | 'unknown-service'
  | 'unknown-kind'
  | 'bad-labels'
  | 'bad-length'
  | 'in-the-past'
  | 'notice-too-short'
  | 'needs-no-approval'
  | 'own-plan'
  | 'already-approved'
  | 'not-approved'
  | 'not-started'
  | 'not-ended'
  | 'already-started'
  | 'already-ended'
  | 'already-cancelled'
  | 'not-later'
  | 'no-such-item';

/** The answer "no" of a window's verb. */
export type WindowRefused = { readonly ok: false; readonly refusal: Refusal<WindowRefusal> };

/** Refuses because there is no such window. */
export function unknownWindow(number: number): WindowRefused {
  return refused('unknown-window', `There is no ${windowSubject(number)}. \`/maintenance list\` shows the windows.`);
}
