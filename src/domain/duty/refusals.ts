import { runSubject } from '../event.ts';
import { type Refusal, refused } from '../outcome.ts';

/** Every reason for which something is not done to a run of a duty. */
export type RunRefusal =
  | 'unknown-run'
  | 'not-permitted'
  | 'empty-text'
  | 'no-person'
  | 'already-yours'
  | 'already-done'
  | 'already-skipped'
  | 'already-missed'
  | 'already-failed'
  | 'already-waived'
  | 'still-running'
  | 'not-automated'
  | 'not-connected'
  | 'unknown-duty'
  | 'awaits-approval'
  | 'nothing-to-approve'
  | 'other-preview'
  | 'satisfied'
  | 'evidence-missing'
  | 'bad-link'
  | 'no-such-item'
  | 'same-items'
  | 'not-later'
  | 'after-it-is-missed';

/** The answer "no" of a run's verb. */
export type RunRefused = { readonly ok: false; readonly refusal: Refusal<RunRefusal> };

/** Refuses because there is no such run. */
export function unknownRun(number: number): RunRefused {
  return refused(
    'unknown-run',
    `There is no ${runSubject(number)}. \`/maintenance next\` shows what is open and what comes.`,
  );
}

/** Refuses a text that says nothing. `what` ends the sentence "Say ...", `usage` is what to type. */
export function emptyRunText(what: string, usage: string, field: string): RunRefused {
  return refused('empty-text', `Say ${what}: \`${usage}\`.`, field);
}

/** Refuses because people do it. @param what a run's id, or the title of a duty */
export function notAutomated(what: string): RunRefused {
  return refused('not-automated', `${what} is done by people: the spec gives Mainstay nothing to run for it.`);
}

/** Refuses because what Mainstay would work on is not there. */
export function notConnected(what: string, reason: string): RunRefused {
  return refused('not-connected', `${what} cannot be run here: ${reason.replace(/\.$/, '')}.`);
}
