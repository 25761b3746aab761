import { z } from 'zod';
import type { SmokeCheck } from '../domain/backup/smoke.ts';
import { SEVERITIES } from '../domain/incident/severity.ts';
import { BACKUP_METHODS, type Backup } from '../domain/spec/backup.ts';
import { reveal } from '../domain/spec/secret.ts';
import { assumed, aTarget, aTeam, clause, notConnected, when, whenOr } from './entries.ts';
import { duration, durationOr, type Environment, key, resolveEnv, text } from './values.ts';

const keepAtLeast = z
  .int('is not a whole number; write how many good ones are never deleted')
  .min(1, 'is less than 1; the last good backup is never deleted');

/** X25519 recipients, as `age-keygen` prints them: those that every age knows. */
const RECIPIENT = /^age1[02-9ac-hj-np-z]{58}$/;
const ALLOWED = 'write a recipient of age, which `age-keygen` prints: age1 and 58 letters and digits';
/** With one key lost, so would be every backup: backups are for the day on which things are lost. */
const LEAST_RECIPIENTS = 2;

const smoke = z.strictObject({
  title: text.describe('What people see.'),
  sql: text.describe(
    "A statement that gives one boolean, which has to be true, or one number. `current_setting('mainstay.snapshot_at')` is when the backup was made.",
  ),
  atLeast: z.number().exactOptional().describe('The smallest number that is right.'),
  atMost: z
    .number()
    .exactOptional()
    .describe('The largest number that is right; of an age in seconds, how stale it may be.'),
}) satisfies z.ZodType<SmokeCheck>;

/** Weekends and holidays lie between a fault and whoever finds it. */
const LEAST_KEPT = 7 * 24 * 3_600_000;

const written = z.strictObject({
  key: key.describe('The word other entries and commands know it by.'),
  title: text.describe('What people see.'),
  owner: aTeam.exactOptional(),
  source: aTarget.describe('A key of `targets`: what is backed up.'),
  method: z.enum(BACKUP_METHODS).describe('How it is made.'),
  when: whenOr('on change').describe('When it is made; `on change` for what is kept under version control.'),
  retention: z
    .strictObject({
      keep: durationOr('for ever')
        .refine(
          (keep) => keep === null || keep >= LEAST_KEPT,
          'is less than 7 days; a fault is often found later than that',
        )
        .describe('How long each is kept: 7 days at least, 30 are usual; or `for ever`.'),
      keepAtLeast: keepAtLeast.default(1).describe('Never fewer good ones than this, whatever their age.'),
    })
    .describe('How long backups are kept.'),
  encrypted: z.boolean().describe('Whether they are encrypted before they leave the machine.'),
  recipients: z
    .array(z.string())
    .default([])
    .describe('Who can read them: two or more age recipients (`age1...`), or env:NAME. One key is kept elsewhere.'),
  formerRecipients: z
    .array(z.string())
    .default([])
    .describe(
      'Recipients of earlier backups whose keys are still kept, or env:NAME: without them here, a backup that only they can read counts as lost.',
    ),
  stallAfter: duration
    .default(5 * 60_000)
    .describe('One of which nothing is written for so long is ended, and has failed.'),
  storage: aTarget.exactOptional().describe('A key of `targets`: where they go.'),
  verify: when.exactOptional().describe('When what was made is looked at.'),
  drill: when.exactOptional().describe('When one is restored, to prove that it can be.'),
  smoke: z
    .array(smoke)
    .default([])
    .describe(
      'What a restored one is asked in a drill: questions answered by one number or one boolean, never by rows.',
    ),
  rto: duration.exactOptional().describe('Longest time to be back.'),
  rpo: duration.exactOptional().describe('Most work that may be lost, counted in time.'),
  incident: z
    .enum(SEVERITIES)
    .exactOptional()
    .describe('The incident that is declared when one failed or was not made in time. Its owner is woken in any case.'),
  notConnected: notConnected
    .exactOptional()
    .describe('Why it is not made here. Beside recipients named as env:NAME: it is made where those are set.'),
  clause,
  assumed,
});

/** A backup; who reads it may be named by variables that only some installations have, as with targets. */
export const backup = (env: Environment) =>
  written.transform(({ recipients, formerRecipients, notConnected: reason, ...rest }, ctx): Backup => {
    const read = (path: string, found: readonly string[]) =>
      found.map((one, index) => ({ path: [path, index], ...resolveEnv(one, env, RECIPIENT, ALLOWED) }));
    const [now, former] = [read('recipients', recipients), read('formerRecipients', formerRecipients)];
    const named = recipients.some((found) => found.startsWith('env:'));
    if (reason !== undefined && (!named || now.some((one) => !one.ok && one.unset))) {
      return { ...rest, recipients: [], formerRecipients: [], notConnected: reason };
    }
    for (const one of [...now, ...former]) {
      if (!one.ok) ctx.addIssue({ code: 'custom', path: one.path, message: one.problem });
    }
    const values = (all: typeof now) => all.flatMap((one) => (one.ok ? [one.value] : []));
    const good = values(now);
    if (good.length === now.length && good.length > 0 && new Set(good.map(reveal)).size < LEAST_RECIPIENTS) {
      const message = 'names only one who could read it; name two, one of whose keys is kept elsewhere';
      ctx.addIssue({ code: 'custom', path: ['recipients'], message });
    }
    return { ...rest, recipients: good, formerRecipients: values(former) };
  });
