import { z } from 'zod';
import { CALLED_BY_DEFAULT } from '../domain/page/terms.ts';
import { formatDuration } from '../domain/spec/duration.ts';
import type { Secret } from '../domain/spec/secret.ts';
import { assumed } from './entries.ts';
import { duration, durationOr, type Environment, envOr, namedEnv } from './values.ts';

const { again, next } = CALLED_BY_DEFAULT;

/** How a team's people are woken. */
export const paging = (env: Environment) =>
  z
    .strictObject({
      again: durationOr('never')
        .default(again)
        .describe(`Whoever does not acknowledge is called again after this (${formatDuration(again)}), or \`never\`.`),
      next: duration
        .default(next)
        .describe(
          `The next contact is called so long after the first call of the one before (${formatDuration(next)}).`,
        ),
      email: z
        .boolean()
        .default(false)
        .describe('Whether contacts that have an `email` are mailed, too; needs SMTP_URL.'),
      webhook: webhook(env)
        .exactOptional()
        .describe('A receiver that is told of every page, such as PagerDuty or ntfy.'),
      assumed,
    })
    .refine(({ next: after }) => after > 0, { error: 'has a `next` of no time; write such as 15m' });

const webhook = (env: Environment) =>
  z.strictObject({
    url: envOr(env, /^https?:\/\/\S+$/, 'write an http:// or https:// address').describe(
      'Where to POST: an address, or env:NAME.',
    ),
    secret: secret(env)
      .exactOptional()
      .describe('env:NAME: what each call is signed with, in the header X-Mainstay-Signature.'),
    routingKey: secret(env)
      .exactOptional()
      .describe('env:NAME: sent as `routing_key`, for receivers that want one in the body.'),
  });

const secret = (env: Environment): z.ZodType<Secret, string> =>
  namedEnv(env, /^.{8,}$/s, 'a secret has 8 characters or more');
