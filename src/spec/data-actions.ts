import { z } from 'zod';
import { MAINTAIN_STEPS } from '../domain/spec/action.ts';
import { duration, text } from './values.ts';

// The keys of the actions on databases and files; which target each works on stands with the others in actions.ts.

const cap = z
  .int('is not a whole number; write how many at most')
  .min(1, 'is less than 1; write how many at most')
  .describe('So many at most are deleted in one run; with more, nothing is deleted and the run has failed.');

export const sqlQuery = { query: text.describe('One statement that only reads.') };

export const dbMaintain = {
  steps: z
    .array(z.enum(MAINTAIN_STEPS))
    .min(1, 'is an empty list; name at least one step')
    .describe('What is done, in this order.'),
};

export const dbReport = {};

export const prune = {
  query: text.describe('One DELETE statement: what is over its retention, or belongs to nothing.'),
  cap,
};

export const filesPrune = {
  glob: text.describe("Which files, below the target's folder: `**/*`."),
  olderThan: duration.describe('Changed longer ago than this, such as 24h.'),
  cap,
};
