import { nearest } from '../domain/text/nearest.ts';
import type { PathFault } from './faults.ts';
import { didYouMean } from './faults.ts';
import { USER_GROUP_ID, USER_ID } from './values.ts';
import { isMap, keysOf, valuesAt } from './written.ts';

type Named = 'team' | 'contact' | 'service' | 'target' | 'duty' | 'check' | 'metric' | 'user' | 'group';

/** Where permission rules stand; each names people in the same three lists. */
const RULES = ['permissions.*', 'duties.*.permission', 'duties.*.approval.by', 'windows.*.approval'];

/** Which values name something that must exist; `*` stands for every key or element. */
const REFERENCES: readonly { at: string; to: readonly Named[] }[] = [
  { at: 'teams.*.members.*', to: ['contact', 'user'] },
  { at: 'teams.*.escalation.*', to: ['contact', 'user'] },
  { at: 'services.*.team', to: ['team'] },
  { at: 'services.*.public.checks.*', to: ['check'] },
  { at: 'severities.*.invite.*', to: ['team', 'contact', 'user', 'group'] },
  ...RULES.map((rule) => ({ at: `${rule}.teams.*`, to: ['team'] as const })),
  ...RULES.map((rule) => ({ at: `${rule}.users.*`, to: ['contact', 'user'] as const })),
  ...['duties', 'windows', 'checks', 'metrics', 'thresholds', 'slo', 'backups'].map((section) => ({
    at: `${section}.*.owner`,
    to: ['team'] as const,
  })),
  { at: 'duties.*.run.target', to: ['target'] },
  { at: 'duties.*.run.team', to: ['team'] },
  { at: 'duties.*.satisfies.*', to: ['duty'] },
  { at: 'windows.*.affects.*', to: ['service'] },
  { at: 'checks.*.target', to: ['target'] },
  { at: 'checks.*.files', to: ['target'] },
  { at: 'checks.*.between.*.target', to: ['target'] },
  { at: 'checks.*.dependsOn.*', to: ['check'] },
  { at: 'checks.*.service', to: ['service'] },
  { at: 'metrics.*.source.target', to: ['target'] },
  { at: 'metrics.*.source.checks.*', to: ['check'] },
  { at: 'thresholds.*.metric', to: ['metric'] },
  { at: 'thresholds.*.service', to: ['service'] },
  { at: 'thresholds.*.dependsOn.*', to: ['check'] },
  { at: 'alerts.rules.*.service', to: ['service'] },
  { at: 'slo.*.service', to: ['service'] },
  { at: 'slo.*.checks.*', to: ['check'] },
  { at: 'backups.*.source', to: ['target'] },
  { at: 'backups.*.storage', to: ['target'] },
];

/** The section that has each kind of name, or the shape of its ids. */
const SECTIONS: Partial<Record<Named, string>> = {
  team: 'teams',
  contact: 'contacts',
  service: 'services',
  target: 'targets',
  duty: 'duties',
  check: 'checks',
  metric: 'metrics',
};
const IDS: Partial<Record<Named, RegExp>> = { user: USER_ID, group: USER_GROUP_ID };
const ID_WORDS: Partial<Record<Named, string>> = {
  user: 'a Slack user id such as U0123ABCD',
  group: 'a Slack user-group id such as S0123ABCD',
};

/**
 * Every name in the spec that stands for a team, contact, target ... or Slack id and does not. Works on the file as it
 * was read, before its shape is known to be right, so that faults of shape do not hide these.
 */
export function referenceFaults(spec: unknown): PathFault[] {
  return [...REFERENCES.flatMap(({ at, to }) => unknownNames(spec, at, to)), ...unknownDigestTeams(spec)];
}

function unknownNames(spec: unknown, at: string, to: readonly Named[]): PathFault[] {
  return valuesAt(spec, at).flatMap(({ path, value }) => {
    if (typeof value !== 'string' || to.some((named) => exists(spec, named, value))) return [];
    return [{ path, message: `is "${value}", which is unknown; ${allowed(spec, to, value)}` }];
  });
}

/** The keys of `digest` are names too. */
function unknownDigestTeams(spec: unknown): PathFault[] {
  const digests = isMap(spec) && isMap(spec['digest']) ? Object.keys(spec['digest']) : [];
  return digests
    .filter((team) => !exists(spec, 'team', team))
    .map((team) => ({
      path: ['digest', team],
      key: true,
      message: `is for a team that is unknown; ${allowed(spec, ['team'], team)}`,
    }));
}

function allowed(spec: unknown, to: readonly Named[], value: string): string {
  const keys = to.flatMap((named) => knownKeys(spec, named));
  const known = keys.length === 0 ? '' : ` (${keys.join(', ')})`;
  const words = to.map((named) => ID_WORDS[named] ?? `a key of ${SECTIONS[named]}`);
  return `allowed: ${words.join(', ')}${known}${didYouMean(nearest(value, keys))}`;
}

function exists(spec: unknown, named: Named, value: string): boolean {
  return IDS[named]?.test(value) ?? knownKeys(spec, named).includes(value);
}

function knownKeys(spec: unknown, named: Named): string[] {
  const section = SECTIONS[named];
  return section === undefined ? [] : keysOf(spec, section);
}
