import { z } from 'zod';
import { SEVERITIES } from '../../domain/incident/severity.ts';
import { LOG_MEANINGS, type LogLevel } from '../../domain/spec/check-questions.ts';
import { aTarget } from '../entries.ts';
import { duration } from '../values.ts';
import { below, limitOf, path, pattern } from './entries.ts';

const size = limitOf('size').exactOptional().describe('What is wrong of its size: "< 1MB".');

export const disk = {
  kind: z.literal('disk').describe('What is free on the disk of a folder.'),
  target: aTarget,
  free: limitOf('percent', 'size').describe('What is too little, as a share or a size: "< 20%".'),
  freeInodes: limitOf('percent', 'count').exactOptional().describe('Inodes that are too few: "< 10%".'),
};

export const fileAge = {
  kind: z.literal('file age').describe('Whether a file is recent.'),
  target: aTarget,
  file: below.exactOptional().describe('The file; or else `newest`.'),
  newest: below
    .exactOptional()
    .describe('Files by a pattern such as "*.dump" or "daily/*.gz": the newest is looked at.'),
  maxAge: duration.describe('Older than this is a failure.'),
  size,
};

export const objectAge = {
  kind: z.literal('object age').describe('Whether an object behind an address is recent, by its Last-Modified.'),
  target: aTarget,
  path: path.describe("What follows the target's address."),
  maxAge: duration.describe('Older than this is a failure.'),
  size,
};

export const level = {
  means: z
    .enum(LOG_MEANINGS)
    .describe(
      'page: somebody comes at once. investigate: somebody looks into it in time. review: it is read once a day.',
    ),
  within: duration
    .exactOptional()
    .describe('How soon somebody looks into it, from the first line on; for investigate.'),
  severity: z.enum(SEVERITIES).exactOptional().describe("The severity of such lines, where it is not the check's."),
};

/** A clock runs for `investigate`, and for nothing else. */
export function clockFault({ means, within }: LogLevel, ctx: z.RefinementCtx): void {
  if ((means === 'investigate') === (within !== undefined)) return;
  if (within === undefined) ctx.addIssue({ code: 'custom', message: 'lacks within, which investigate needs' });
  else ctx.addIssue({ code: 'custom', path: ['within'], message: `is for investigate only, not for ${means}` });
}

export const NO_LEVELS = 'is an empty list; name at least one level';

export const logFile = {
  kind: z.literal('log file').describe('Lines that were added to a log since the last look.'),
  target: aTarget,
  file: below.describe('The log, such as app.log; one that was rotated away is read to its end.'),
  levels: z
    .array(
      z
        .strictObject({ matches: pattern.describe('Lines of this level; the first level that fits counts.'), ...level })
        .superRefine(clockFault),
    )
    .min(1, NO_LEVELS)
    .describe('What which lines ask of people.'),
};
