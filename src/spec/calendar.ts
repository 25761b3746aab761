import { z } from 'zod';
import { cycleOf } from '../domain/digest/rollup-due.ts';
import type { When } from '../domain/duty/when.ts';
import type { Freeze, Holiday, RecurringWindow } from '../domain/spec/calendar.ts';
import { DIGEST_SECTIONS, type Digest } from '../domain/spec/digest.ts';
import {
  assumed,
  aTeam,
  calendarDate,
  clause,
  dayOfYear,
  names,
  people,
  timeOfDay,
  weekday,
  when,
  whenOr,
} from './entries.ts';
import { channel, duration, key, shaped, text, timezone } from './values.ts';
import { WHEN_REFERENCE } from './when-json-schema.ts';

export const holiday = z.strictObject({
  name: text.describe('What people call the day.'),
  on: dayOfYear.describe('A date such as 2026-04-06, or every year: 25 december, last monday of may.'),
}) satisfies z.ZodType<Holiday>;

export const freeze = z
  .strictObject({
    name: text.describe('What people call it.'),
    from: calendarDate.describe('Its first day.'),
    to: calendarDate.describe('Its last day, included.'),
    reason: text.exactOptional().describe('Why nothing is changed then.'),
  })
  .refine(({ from, to }) => from <= to, {
    path: ['to'],
    error: 'is before its first day; write the last day of the freeze',
  }) satisfies z.ZodType<Freeze>;

/** A label of an alert, as Prometheus has them. */
const labels = z.record(shaped(/^[A-Za-z_][\w.-]*$/, 'a label is a name such as env'), text);

export const recurringWindow = z
  .strictObject({
    key: key.describe('The word other entries and commands know it by.'),
    title: text.describe('What people see.'),
    when: whenOr('as needed').describe(
      'When it begins; `as needed` for one without a calendar, which people choose when they plan a window.',
    ),
    duration: duration
      .nullable()
      .default(null)
      .describe('How long it lasts, such as 2h; whatever the clocks do meanwhile.'),
    typical: duration.exactOptional().describe('How long such work usually takes; a longer plan is warned of.'),
    description: text.exactOptional().describe('What is done in it, and why.'),
    rollback: text.exactOptional().describe('How what was done is taken back.'),
    checklist: z.array(text).default([]).describe('What is to be done in it.'),
    affects: names.describe('Keys of `services`.'),
    labels: labels.default({}).describe('Labels of the alerts it explains.'),
    public: text
      .exactOptional()
      .describe('What the status page says of it to everybody; "Planned maintenance" unless told.'),
    owner: aTeam.exactOptional(),
    approval: people.exactOptional().describe('Who must agree before it begins; nobody need where it is left out.'),
    announce: z
      .array(channel)
      .default([])
      .describe('Channels that are told, beside those of the teams of the services it affects.'),
    announceBefore: z
      .array(duration)
      .nullable()
      .default(null)
      .describe(
        'How long before the start they are told, each time; 24h and 15m unless told, and for one that is planned 7d too.',
      ),
    notice: duration.prefault('24h').describe('Whoever plans one with less notice says why; 24h unless told.'),
    clause,
    assumed,
  })
  .refine(({ when, duration: length }) => when === null || length !== null, {
    path: ['duration'],
    error: 'is missing; a window with a calendar says how long it lasts, such as 2h',
  }) satisfies z.ZodType<RecurringWindow>;

/** A `when` that says over what is looked back: what comes every week tells of a week. */
const lookBack = when
  .transform((found, ctx): When => {
    if (cycleOf(found) !== undefined) return found;
    const message = 'covers nothing to look back over; write every: week, every: month or every: quarter';
    ctx.addIssue({ code: 'custom', message });
    return z.NEVER;
  })
  .meta(WHEN_REFERENCE);

export const digest = z.strictObject({
  at: timeOfDay.describe('Local time of day, such as "09:00".'),
  timezone: timezone.exactOptional().describe("Where that is local; the spec's zone unless told."),
  days: z
    .union([
      z.literal('working days'),
      z.array(weekday).min(1, 'is an empty list; name at least one weekday, or write working days'),
    ])
    .describe('Weekdays, or `working days`: Monday to Friday without holidays.'),
  sections: z
    .array(z.enum(DIGEST_SECTIONS))
    .min(1, 'is an empty list; name at least one section, or leave it out')
    .default([...DIGEST_SECTIONS])
    .describe('What it tells of, in this order; everything unless told.'),
  rollups: z
    .array(lookBack)
    .default([])
    .describe('When the team looks back over a week, month or quarter: a list of `when` that come as often.'),
  assumed,
}) satisfies z.ZodType<Digest>;
