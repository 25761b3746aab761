import { z } from 'zod';
import type { Limit } from '../../domain/spec/limit.ts';
import type { Quantity } from '../../domain/spec/measure.ts';
import { limit } from '../entries.ts';
import { duration, text } from '../values.ts';

// What several kinds of check are written with.

/** A regular expression, as it is applied later. */
export const pattern = text
  .superRefine((found, ctx) => {
    try {
      new RegExp(found, 'u');
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      ctx.addIssue({ code: 'custom', message: `is "${found}", which is no regular expression: ${problem}` });
    }
  })
  .meta({ title: 'regular expression', format: 'regex' });

export const path = text.refine((found) => found.startsWith('/'), {
  error: ({ input }) => `is "${input}"; write a path that begins with "/"`,
});

/** A file or folder below a target's folder. */
export const below = text.refine((found) => !found.startsWith('/') && !found.split('/').includes('..'), {
  error: ({ input }) => `is "${input}"; write a name below the folder of the target, without ".."`,
});

export const within = duration.exactOptional().describe('Slower than this is a failure, though it answers.');

export const oneQuery = text.describe('One statement that only reads.');

const EXAMPLES: Readonly<Record<Quantity, string>> = {
  percent: '"> 80%"',
  time: '"> 30s"',
  size: '"> 20GB"',
  count: '"> 100"',
};

/** What is bad, where only figures of some kinds make sense. */
export function limitOf(...quantities: readonly [Quantity, ...Quantity[]]) {
  return limit.transform((found, ctx): Limit => {
    if (quantities.includes(found.than.quantity)) return found;
    const examples = quantities.map((quantity) => EXAMPLES[quantity]).join(' or ');
    ctx.addIssue({ code: 'custom', message: `is a figure of kind ${found.than.quantity}; write such as ${examples}` });
    return z.NEVER;
  });
}
