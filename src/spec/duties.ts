import { z } from 'zod';
import { DAY_SHIFTS } from '../domain/spec/calendar.ts';
import { type Duty, EVIDENCE_KINDS, EVIDENCE_RULES, MAINTENANCE_TYPES } from '../domain/spec/duty.ts';
import { action } from './actions.ts';
import { assumed, aTeam, clause, names, people, when } from './entries.ts';
import { duration, key, link, text } from './values.ts';

const approval = z.strictObject({
  of: z.enum(['every run', 'first run']).describe('Whether each run is agreed to, or the first one only.'),
  by: people.describe('Who may agree.'),
});

const dayShift = z.enum(DAY_SHIFTS).default('keep');

export const duty = z.strictObject({
  key: key.describe('The word other entries, commands and history know it by.'),
  title: text.describe('What people see.'),
  when: when.describe('When it is due.'),
  owner: aTeam.describe('A key of `teams`: who answers for it.'),
  type: z.enum(MAINTENANCE_TYPES).default('preventive').describe('The kind of maintenance; preventive unless told.'),
  description: text.exactOptional().describe('What it is for, or how it is done.'),
  grace: duration
    .prefault('0s')
    .describe('How long after it is due it still counts as done in time, such as 4h; none where it is left out.'),
  announceBefore: duration
    .nullable()
    .default(null)
    .describe("How long before it is due the owner's channel is told; not at all where it is left out."),
  checklist: z.array(text).default([]).describe('The steps that are ticked off.'),
  runbook: link.exactOptional().describe('The page that says how.'),
  run: action
    .exactOptional()
    .describe('What Mainstay does by itself: one of [the actions](#actions). Without it a person does the duty.'),
  evidence: z
    .enum(EVIDENCE_RULES)
    .default('optional')
    .describe('Whether it can be done without proof; optional unless told.'),
  evidenceKinds: z
    .array(z.enum(EVIDENCE_KINDS))
    .min(1, 'is an empty list; name at least one kind, or leave it out')
    .default([...EVIDENCE_KINDS])
    .describe('What counts as proof; all kinds unless told.'),
  controls: z.array(text).default([]).describe('Controls of a standard it serves, such as ISO27001-A.8.6.'),
  clause,
  satisfies: names.describe('Keys of duties that are done with it when both fall due on one day.'),
  onHoliday: dayShift.describe(
    'What becomes of an occurrence on a holiday: it stays (keep, unless told), is left out (skip), or moves before or after.',
  ),
  onFreeze: dayShift.describe('The same in a freeze.'),
  approval: approval.exactOptional().describe('Who must agree before its action runs.'),
  permission: people.default('everyone').describe('Who may take it, finish it or have it run; everyone unless told.'),
  assumed,
}) satisfies z.ZodType<Duty>;
