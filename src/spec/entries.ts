import { z } from 'zod';
import { parseDayOfYear } from '../domain/duty/parse-on.ts';
import { parseWhen } from '../domain/duty/parse-when.ts';
import { type DayOfYear, WEEKDAYS, type When } from '../domain/duty/when.ts';
import { type Clause, parseClause } from '../domain/spec/clause.ts';
import { type Limit, parseLimit } from '../domain/spec/limit.ts';
import { parseMeasure } from '../domain/spec/measure.ts';
import type { PermissionRule } from '../domain/spec/types.ts';
import { readDate } from '../domain/time/day.ts';
import { key, text, userGroupId } from './values.ts';
import { WHEN_REFERENCE } from './when-json-schema.ts';

// What several sections of the spec are written with. Whether a named team or target exists is not checked here but in
// references.ts, which also works on a file that has other faults.

export const names = z.array(z.string()).default([]);

export const aTeam = key.describe('A key of `teams`.');

export const aTarget = key.describe('A key of `targets`.');

export const assumed = text
  .exactOptional()
  .describe('What was chosen, and why, where the source document is silent: a time of day, a duration, a percentile.');

export const notConnected = text.describe('Why there is no such thing here. It is shown, never green, never red.');

/** A clause as it is written, `004:L128` or `004:L128-L131`. */
export const oneClause = z
  .string()
  .transform((found, ctx): Clause => {
    const read = parseClause(found);
    if (read.ok) return read.clause;
    ctx.addIssue({ code: 'custom', message: read.problem });
    return z.NEVER;
  })
  .meta({ title: 'clause', pattern: '^[A-Za-z0-9][\\w.-]*:L[1-9]\\d*(-L[1-9]\\d*)?$' });

export const clause = z
  .union([oneClause.transform((one) => [one]), z.array(oneClause)])
  .default([])
  .describe('The lines of `documents` it carries out: `004:L128`, `004:L128-L131`, or a list of such.');

/** The whole `when:` of an entry; its own parser names every fault inside it. */
export const when = z
  .unknown()
  .transform((found, ctx) => readWhen(found, ctx))
  .meta(WHEN_REFERENCE);

/** A `when:`, or the words for what has no calendar, as null. */
export const whenOr = (words: string) =>
  z
    .unknown()
    .transform((found, ctx) => (found === words ? null : readWhen(found, ctx)))
    .meta({ oneOf: [{ const: words }, WHEN_REFERENCE] });

function readWhen(found: unknown, ctx: z.RefinementCtx): When {
  const read = parseWhen(found);
  if (read.ok) return read.value;
  if (found === undefined) {
    ctx.addIssue({ code: 'custom', message: 'is missing; write such as { every: day, at: "09:00" }' });
    return z.NEVER;
  }
  for (const { path, message, key: isKey = false } of read.faults) {
    ctx.addIssue({ code: 'custom', path: [...path], message, params: { isKey } });
  }
  return z.NEVER;
}

export const weekday = z.enum(WEEKDAYS);

const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;

export const timeOfDay = z
  .string()
  .refine((found) => TIME_OF_DAY.test(found), {
    error: ({ input }) => `is "${input}"; write a time of day such as "09:00"`,
  })
  .transform((found) => ({ hour: Number(found.slice(0, 2)), minute: Number(found.slice(3)) }))
  .meta({ title: 'time of day', pattern: TIME_OF_DAY.source });

export const calendarDate = z
  .string()
  .refine((found) => readDate(found) !== undefined, {
    error: ({ input }) => `is "${input}"; write a date such as 2026-03-18`,
  })
  .meta({ title: 'date' });

/** A date, or a day of every year: "25 december", "last monday of may". */
export const dayOfYear = z
  .string()
  .transform((found, ctx): string | DayOfYear => {
    if (readDate(found) !== undefined) return found;
    const read = parseDayOfYear(found);
    if (read.ok) return read.value;
    ctx.addIssue({ code: 'custom', message: `${read.problem}; or a date such as 2026-12-25` });
    return z.NEVER;
  })
  .meta({ title: 'date, or day of the year' });

/** A figure that must not be reached: "> 2%", above 2%. */
export const limit = z
  .string()
  .transform((found, ctx): Limit => {
    const read = parseLimit(found);
    if (read.ok) return read.limit;
    ctx.addIssue({ code: 'custom', message: `is wrong: ${read.problem}` });
    return z.NEVER;
  })
  .meta({ title: 'limit' });

/** A share such as 99.9%, as percent points. */
export const percent = z
  .string()
  .transform((found, ctx): number => {
    const read = parseMeasure(found);
    if (read.ok && read.measure.quantity === 'percent' && read.measure.value <= 100) return read.measure.value;
    ctx.addIssue({ code: 'custom', message: `is "${found}"; write a share of at most 100%, such as 99.9%` });
    return z.NEVER;
  })
  .meta({ title: 'percent' });

/** Who may do something: everyone, or whom it lists. */
export const people = z.union([
  z.literal('everyone'),
  z
    .strictObject({
      teams: names.describe('Keys of `teams`.'),
      groups: z.array(userGroupId).default([]).describe('Slack user-group ids.'),
      users: names.describe('Keys of `contacts`, or Slack user ids.'),
    })
    .refine(({ teams, groups, users }) => teams.length + groups.length + users.length > 0, {
      error: 'names nobody; write everyone, or list teams, groups or users',
    }),
]) satisfies z.ZodType<PermissionRule>;
