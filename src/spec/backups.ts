import { z } from 'zod';
import { BACKUP_METHODS, type Backup } from '../domain/spec/backup.ts';
import { assumed, aTarget, aTeam, clause, notConnected, when, whenOr } from './entries.ts';
import { duration, durationOr, key, text } from './values.ts';

const keepAtLeast = z
  .int('is not a whole number; write how many good ones are never deleted')
  .min(1, 'is less than 1; the last good backup is never deleted');

export const backup = z.strictObject({
  key: key.describe('The word other entries and commands know it by.'),
  title: text.describe('What people see.'),
  owner: aTeam.exactOptional(),
  source: aTarget.describe('A key of `targets`: what is backed up.'),
  method: z.enum(BACKUP_METHODS).describe('How it is made.'),
  when: whenOr('on change').describe('When it is made; `on change` for what is kept under version control.'),
  retention: z
    .strictObject({
      keep: durationOr('for ever').describe('How long each is kept, such as 30d; or `for ever`.'),
      keepAtLeast: keepAtLeast.default(1).describe('Never fewer good ones than this, whatever their age.'),
    })
    .describe('How long backups are kept.'),
  encrypted: z.boolean().describe('Whether they are encrypted before they leave the machine.'),
  storage: aTarget.exactOptional().describe('A key of `targets`: where they go.'),
  verify: when.exactOptional().describe('When what was made is looked at.'),
  drill: when.exactOptional().describe('When one is restored, to prove that it can be.'),
  rto: duration.exactOptional().describe('Longest time to be back.'),
  rpo: duration.exactOptional().describe('Most work that may be lost, counted in time.'),
  notConnected: notConnected.exactOptional(),
  clause,
  assumed,
}) satisfies z.ZodType<Backup>;
