import { nearest } from '../domain/text/nearest.ts';
import type { PathFault } from './faults.ts';
import { didYouMean } from './faults.ts';
import { USER_GROUP_ID, USER_ID } from './values.ts';

type Target = 'team' | 'contact' | 'user' | 'group';

/** Which values name something that must exist; `*` stands for every key or element. */
const REFERENCES: readonly { at: string; to: readonly Target[] }[] = [
  { at: 'teams.*.members.*', to: ['contact', 'user'] },
  { at: 'teams.*.escalation.*', to: ['contact', 'user'] },
  { at: 'services.*.team', to: ['team'] },
  { at: 'severities.*.invite.*', to: ['team', 'contact', 'user', 'group'] },
  { at: 'permissions.*.teams.*', to: ['team'] },
  { at: 'permissions.*.users.*', to: ['contact', 'user'] },
];

/** Where each target's keys are, or the shape of its ids. */
const SECTIONS: Partial<Record<Target, string>> = { team: 'teams', contact: 'contacts' };
const IDS: Partial<Record<Target, RegExp>> = { user: USER_ID, group: USER_GROUP_ID };
const WORDS: Record<Target, string> = {
  team: 'a key of teams',
  contact: 'a key of contacts',
  user: 'a Slack user id such as U0123ABCD',
  group: 'a Slack user-group id such as S0123ABCD',
};

/**
 * Every name in the spec that stands for a team, contact or Slack id and does not. Works on the file as it was read,
 * before its shape is known to be right, so that faults of shape do not hide these.
 */
export function referenceFaults(spec: unknown): PathFault[] {
  return REFERENCES.flatMap(({ at, to }) =>
    valuesAt(spec, at.split('.')).flatMap(({ path, value }) => {
      if (typeof value !== 'string' || to.some((target) => exists(spec, target, value))) return [];
      const keys = to.flatMap((target) => keysOf(spec, target));
      const meant = nearest(value, keys);
      const known = keys.length === 0 ? '' : ` (${keys.join(', ')})`;
      const allowed = `allowed: ${to.map((target) => WORDS[target]).join(', ')}${known}`;
      return [{ path, message: `is "${value}", which is unknown; ${allowed}${didYouMean(meant)}` }];
    }),
  );
}

function exists(spec: unknown, target: Target, value: string): boolean {
  return IDS[target]?.test(value) ?? keysOf(spec, target).includes(value);
}

function keysOf(spec: unknown, target: Target): string[] {
  const section = SECTIONS[target];
  return section === undefined ? [] : valuesAt(spec, [section, '*']).map(({ path }) => String(path.at(-1)));
}

function valuesAt(
  value: unknown,
  steps: readonly string[],
  path: readonly (string | number)[] = [],
): { path: readonly (string | number)[]; value: unknown }[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [{ path, value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => step === '*' || step === key)
    .flatMap(([key, inner]) => valuesAt(inner, rest, [...path, Array.isArray(value) ? Number(key) : key]));
}
