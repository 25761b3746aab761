import type { Outcome } from '../src/domain/outcome.ts';
import type { PermissionVerb } from '../src/domain/permissions.ts';
import type { Caller } from '../src/usecases/ports.ts';
import { refusalInModal } from './answers.ts';
import type { Submission, SubmittedView } from './registry.ts';
import type { Verbs } from './verbs.ts';

/** A form whose submission does one thing, and closes: what it changed is seen where it is shown, not in the form. */
export function closingForm<Read>(
  id: string,
  permission: PermissionVerb,
  read: (view: SubmittedView) => Read,
  act: (verbs: Verbs, caller: Caller, read: Read) => Promise<Outcome<unknown>>,
): Submission {
  return {
    id,
    permission,
    async run({ caller, view }, { verbs }) {
      const outcome = await act(verbs, caller, read(view));
      return outcome.ok ? { kind: 'close' } : refusalInModal(outcome.refusal, view);
    },
  };
}
