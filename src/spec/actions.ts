import { z } from 'zod';
import { ACTIONS, type ActionName, type DutyAction } from '../domain/spec/action.ts';
import { formatDuration } from '../domain/spec/duration.ts';
import { dbMaintain, dbReport, filesPrune, prune, sqlQuery } from './data-actions.ts';
import { duration, key, text } from './values.ts';

/** Whoever looks after the queue takes a job that lasts a day for dead. */
const LONGEST = 12 * 60 * 60_000;

/** What every action is written with beside its own keys. */
const common = <Name extends ActionName>(action: Name) => ({
  action: z.literal(action).describe(ACTIONS[action].does),
  timeout: duration
    .refine((ms) => ms > 0 && ms <= LONGEST, 'is out of bounds; write a time up to 12h, such as 10m')
    .prefault(formatDuration(ACTIONS[action].timeout))
    .describe('It is stopped after this time, and has then failed.'),
});

/** The key of the target that an action works on. */
const targetOf = (action: ActionName) => {
  const kinds = (ACTIONS[action].targets ?? []).join(' or ');
  return z
    .string({
      error: ({ input }) => (input === undefined ? `is missing; ${action} works on one of kind ${kinds}` : undefined),
    })
    .pipe(key)
    .meta({ title: 'key' })
    .describe(`A key of \`targets\`, of kind ${kinds}.`);
};

const httpGet = {
  target: targetOf('http.get'),
  path: text
    .refine((found) => found.startsWith('/') && !found.startsWith('//'), {
      error: ({ input }) => `is "${input}"; write a path that begins with one "/"`,
    })
    .describe("What follows the target's address, such as /health."),
  status: z
    .int('is not a whole number; write an HTTP status such as 200')
    .min(100, 'is no HTTP status; write one such as 200')
    .max(599, 'is no HTTP status; write one such as 200')
    .default(200)
    .describe(
      'The status that is right; 200 unless told. Redirections are not followed: where one is right, its own status is written.',
    ),
  contains: text.exactOptional().describe('Words the answer must hold.'),
};

const VARIABLE = /^[A-Za-z_]\w*$/;

const commandRun = {
  target: targetOf('command.run'),
  argv: z
    .array(z.string().min(1, 'is empty; write an argument'))
    .min(1, 'is an empty list; write the program and its arguments')
    .describe("The program and its arguments, as a list; no shell reads them. It runs in the target's folder."),
  environment: z
    .array(
      z.string().refine((found) => VARIABLE.test(found), {
        error: ({ input }) => `is "${input}"; write the name of a variable`,
      }),
    )
    .default([])
    .describe("Names of variables of Mainstay's environment that it is given, beside PATH, HOME, LANG and TZ."),
};

const digestPost = { team: key.describe('A key of `teams`: whose digest.') };

/** What a duty's `run` is written as: which keys there are is said by `action`. */
export const action = z
  .discriminatedUnion('action', [
    z.strictObject({ ...common('http.get'), ...httpGet }),
    z.strictObject({ ...common('sql.query'), target: targetOf('sql.query'), ...sqlQuery }),
    z.strictObject({ ...common('command.run'), ...commandRun }),
    z.strictObject({ ...common('spec.validate') }),
    z.strictObject({ ...common('digest.post'), ...digestPost }),
    z.strictObject({ ...common('db.maintain'), target: targetOf('db.maintain'), ...dbMaintain }),
    z.strictObject({ ...common('db.report'), target: targetOf('db.report'), ...dbReport }),
    z.strictObject({ ...common('prune'), target: targetOf('prune'), ...prune }),
    z.strictObject({ ...common('files.prune'), target: targetOf('files.prune'), ...filesPrune }),
  ])
  .meta({ title: 'action' }) satisfies z.ZodType<DutyAction>;
