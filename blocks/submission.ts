import type { z } from 'zod';

/** A submitted modal as Slack sends it. */
export interface SubmittedView {
  readonly private_metadata: string;
  readonly state: { readonly values: Readonly<Record<string, unknown>> };
}

/**
 * Reads what a modal carried and what was filled in.
 * @throws ZodError when it is not what our own view sends: an older version's modal, or no modal of ours.
 */
export function readSubmission<Carried extends z.ZodType, Fields extends z.ZodType>(
  view: SubmittedView,
  carried: Carried,
  fields: Fields,
): { carried: z.output<Carried>; fields: z.output<Fields> } {
  return {
    carried: carried.parse(JSON.parse(view.private_metadata)),
    fields: fields.parse(view.state.values),
  };
}
