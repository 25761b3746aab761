import { z } from 'zod';
import { type Milliseconds, parseDuration } from '../domain/spec/duration.ts';
import { Secret } from '../domain/spec/secret.ts';
import { zoneProblem } from '../domain/time/zone.ts';

// The kinds of value a spec is written with. Every message finishes a sentence that begins with the place in the file
// ("teams.dba.channel ..."), quotes what was found and says what is allowed.

export type Environment = Readonly<Record<string, string | undefined>>;

/** Text that matches a pattern. */
export const shaped = (pattern: RegExp, allowed: string) =>
  z
    .string()
    .refine((found) => pattern.test(found), { error: ({ input }) => `is "${input}"; ${allowed}` })
    .meta({ pattern: pattern.source });

/** Words for people. `env:NAME` is refused here: a value that is shown must not come out of the environment. */
export const text = z
  .string()
  .refine((found) => found.trim() !== '', { error: 'is empty; write a text' })
  .refine((found) => !found.startsWith('env:'), {
    error: ({ input }) => `is "${input}"; env: works only for values that are never shown`,
  });

/** The word that names an entry: `platform`, `on-call-2`. Never looks like a Slack id, which is in capitals. */
export const key = shaped(
  /^[a-z][a-z0-9-]*$/,
  'a key is lower-case letters, digits and "-", beginning with a letter',
).meta({ title: 'key' });

export const USER_GROUP_ID = /^S[A-Z0-9]{4,}$/;
export const userGroupId = shaped(USER_GROUP_ID, 'a Slack user group has an id such as S0123ABCD');

export const USER_ID = /^[UW][A-Z0-9]{4,}$/;
export const userId = shaped(USER_ID, 'a Slack user has an id such as U0123ABCD');

export const channelPrefix = shaped(
  /^[a-z0-9][a-z0-9-]{0,19}$/,
  'a prefix is 1 to 20 lower-case letters, digits and "-"',
);

/** A channel's name, with or without "#", or its id; loaded without the "#". */
export const channel = shaped(
  /^(#?[\p{Ll}\p{Lo}\p{M}\p{N}_-]{1,80}|[CG][A-Z0-9]{4,})$/u,
  'a channel is a name in lower-case letters, digits, "-" and "_", or an id such as C0123ABCD',
)
  .transform((found) => found.replace(/^#/, ''))
  .meta({ title: 'channel' });

/** An address that people open, so it is shown. */
export const link = z
  .url({
    protocol: /^https?$/,
    error: ({ input }) => `is ${JSON.stringify(input)}; write an http:// or https:// address`,
  })
  .meta({ title: 'address' });

/** An IANA time zone. */
export const timezone = z
  .string()
  .superRefine((found, ctx) => {
    const problem = zoneProblem(found);
    if (problem !== undefined) ctx.addIssue({ code: 'custom', message: problem });
  })
  .meta({ title: 'zone' });

/** What editors check; parseDuration is stricter. */
const DURATION = '^(\\d+(ms|[wdhms]))+$';

/** "15m", "48h", "5d" as milliseconds. */
export const duration = writtenDuration()
  .transform((found, ctx) => milliseconds(found, ctx))
  .meta({ title: 'duration', pattern: DURATION });

/** A duration, or the words for having none (`never`, `for ever`) as null. */
export const durationOr = (words: string) =>
  writtenDuration()
    .transform((found, ctx) => (found === words ? null : milliseconds(found, ctx)))
    .meta({ title: `duration or "${words}"`, pattern: `${DURATION}|^${words}$` });

/** YAML reads a bare 15 as a number; a sentence about the missing unit helps more than one about types. */
function writtenDuration() {
  return z.string({
    error: ({ input }) => {
      if (input === undefined) return 'is missing; write a duration such as 15m or 48h';
      const read = typeof input === 'number' ? parseDuration(String(input)) : undefined;
      return read?.ok === false ? `is wrong: ${read.problem}` : undefined;
    },
  });
}

function milliseconds(found: string, ctx: z.RefinementCtx): Milliseconds {
  const read = parseDuration(found);
  if (read.ok) return read.ms;
  ctx.addIssue({ code: 'custom', message: `is wrong: ${read.problem}` });
  return z.NEVER;
}

export type Resolved =
  | { ok: true; value: string | Secret }
  /** `unset`: it names a variable, rightly, that is not set here. */
  | { ok: false; unset: boolean; problem: string };

/**
 * A value that may be written out or named as `env:NAME`. A named one becomes a Secret. Both kinds must match the
 * pattern; the value of a named one is not quoted.
 */
export function resolveEnv(found: string, env: Environment, pattern: RegExp, allowed: string): Resolved {
  const refuse = (problem: string, unset = false): Resolved => ({ ok: false, unset, problem });
  if (!found.startsWith('env:')) {
    return pattern.test(found) ? { ok: true, value: found } : refuse(`is "${found}"; ${allowed}`);
  }
  const name = found.slice('env:'.length);
  if (!/^[A-Za-z_]\w*$/.test(name)) return refuse(`is "${found}"; write env: and the name of a variable`);
  const value = env[name]?.trim() ?? '';
  if (value === '') return refuse(`is env:${name}, which is not set; set ${name} in Mainstay's environment`, true);
  if (!pattern.test(value)) return refuse(`is env:${name}, whose value is wrong; ${allowed}`);
  return { ok: true, value: new Secret(name, value) };
}

/** A text that may be named as `env:NAME`; a name that is not set is a fault. */
export function envOr(env: Environment, pattern: RegExp, allowed: string) {
  return z.string().transform((found, ctx): string | Secret => {
    const read = resolveEnv(found, env, pattern, allowed);
    if (read.ok) return read.value;
    ctx.addIssue({ code: 'custom', message: read.problem });
    return z.NEVER;
  });
}

/** A value that must be named as `env:NAME`, because it is a secret. */
export function namedEnv(env: Environment, pattern: RegExp, allowed: string) {
  return z.string().transform((found, ctx): Secret => {
    const read = resolveEnv(found, env, pattern, allowed);
    if (read.ok && typeof read.value !== 'string') return read.value;
    // What was written out may be the secret itself, so it is not repeated.
    const message =
      read.ok || !found.startsWith('env:')
        ? 'is written out; write env:NAME, so that it is not in the file'
        : read.problem;
    ctx.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}
